import { separators } from "../language";
import { strings } from "../strings";

/** How many decimals the token has, by what the box says of its unit; 0 where it does not say. */
export function decimalsOf(unit: string): number {
  return Number(/token of (\d{1,2}) decimals/.exec(unit)?.[1] ?? 0);
}

const BILLIONTHS = 9;
const [GROUP, DECIMAL] = separators();

/** A sum of smallest units as people read it, with up to six digits that count: `1,234.5` tokens, and what is less than a millionth of one as
 * `142.4 billionths`. */
export function amount(sum: bigint, decimals: number): string {
  if (decimals >= BILLIONTHS && sum > 0n && sum < 10n ** BigInt(decimals - 6)) {
    return strings.earnings.billionths(plain(sum, decimals - BILLIONTHS));
  }
  return plain(sum, decimals);
}

function plain(sum: bigint, decimals: number): string {
  const whole = sum / 10n ** BigInt(decimals);
  const rest = (sum % 10n ** BigInt(decimals)).toString().padStart(decimals, "0");
  const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, GROUP);
  if (decimals === 0 || /^0*$/.test(rest)) return grouped;
  const leading = whole > 0n ? 0 : rest.length - rest.replace(/^0+/, "").length;
  const kept = rest.slice(0, leading + Math.max(2, whole > 0n ? 6 - whole.toString().length : 6)).replace(/0+$/, "");
  return kept === "" ? grouped : `${grouped}${DECIMAL}${kept}`;
}
