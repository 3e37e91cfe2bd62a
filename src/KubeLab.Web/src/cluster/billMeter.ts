import { h, setText } from '../shell/dom.ts';
import type { Bill } from './labApi.ts';

/** The meter: money per hour and in total. */
export class BillMeter {
  private readonly perHour = h('b');
  private readonly total = h('b');
  readonly element = h('p', { class: 'bill', hidden: true }, this.perHour, ' an hour', h('span', { class: 'so-far' }, ' · ', this.total, ' in total'));

  show(bill: Bill | undefined): void {
    this.element.hidden = bill === undefined;
    if (bill) {
      setText(this.perHour, money(bill.perHour, bill.currency, 3));
      setText(this.total, money(bill.total, bill.currency, 2));
    }
  }
}

/** An amount with its currency's sign. */
export function money(amount: number, currency: string, digits: number): string {
  const sign = { USD: '$', EUR: '€' }[currency];
  return sign ? `${sign}${amount.toFixed(digits)}` : `${amount.toFixed(digits)} ${currency}`;
}
