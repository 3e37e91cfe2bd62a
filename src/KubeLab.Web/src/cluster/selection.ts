/** What the learner points at. */
export interface Selection { readonly node?: string; readonly pod?: string }
