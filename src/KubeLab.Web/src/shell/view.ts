/** One of the page's views. It owns its elements and what it started. */
export interface View {
  /** What the page's title and a screen reader say. */
  readonly title: string;
  readonly element: HTMLElement;
  /** Buttons for the header, while the view is shown. */
  readonly tools?: HTMLElement;
  /** Ends timers, watches and listeners. */
  close(): void;
}
