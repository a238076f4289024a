declare module '@hotwired/turbo' {}
