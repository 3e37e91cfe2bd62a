/** Says something to screen readers, politely. The same words twice are said twice. */
export function announce(words: string): void {
  const place = document.getElementById('announcer');
  if (place) {
    place.textContent = '';
    requestAnimationFrame(() => { place.textContent = words; });
  }
}
