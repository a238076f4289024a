const largePhoto = 2_000_000;
const longestSide = 2560;
const quality = 0.82;

/** A photo over 2 MB as a JPEG of at most 2560 pixels a side; the file itself when that is no photo, or gains nothing. */
export async function smallerPhoto(file: File): Promise<File> {
  if (file.size <= largePhoto || !['image/jpeg', 'image/webp', 'image/heic', 'image/heif'].includes(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified });
  } catch {
    return file;
  }
}
