/** @param near where the page may put a helper that must be inside an open dialog */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  // Browsers keep the clipboard from pages that came over plain HTTP.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed: the old way may be.
  }
  return copySelection(text, near);
}

function copySelection(text: string, near: HTMLElement): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'visually-hidden';
  near.append(area);
  area.select();
  // Deprecated, but there is no other way without HTTPS.
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) {
    focused.focus();
  }
  return copied;
}
