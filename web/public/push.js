// Shows what the program tells this browser (Web Push): a heading and where it leads. It keeps nothing and answers no other request.
self.addEventListener('push', (event) => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    // a message that cannot be read still has to be shown, or the browser takes the permission away
  }
  const text = (value, otherwise) => (typeof value === 'string' && value !== '' ? value : otherwise);
  event.waitUntil(
    self.registration.showNotification(text(told.title, 'KPU HUB'), {
      body: text(told.body, ''),
      tag: text(told.tag, 'kpuhub'),
      icon: '/favicon.svg',
      data: { url: text(told.url, '/') },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const to = new URL(event.notification.data?.url ?? '/', self.location.origin);
  if (to.origin !== self.location.origin) return;
  event.waitUntil(open(to.href));
});

/** The page in a window that is open already, or in a new one. */
async function open(address) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const same = windows.find((each) => each.url === address);
  if (same) await same.focus();
  else await self.clients.openWindow(address);
}
