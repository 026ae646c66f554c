import { h } from "../dom";
import { moment, number } from "../language";
import { table } from "../owner/parts";
import { showOwners } from "../owner/screen";
import { strings } from "../strings";
import { amount, decimalsOf } from "./amount";
import { Owner, type Budgets, type EarningsRow, type Receipt, type RewardsStatus, type Witness } from "./api";
import { chart } from "./chart";

const DAYS = 30;
const RECEIPTS = 50;
const POLL_MS = 10_000;
const DAY_MS = 86_400_000;

/** Shows what the box earned, of whom, and each receipt with its proof. Returns what ends it. */
export function showEarnings(root: HTMLElement): () => void {
  return showOwners(root, "earnings", strings.earnings, ["earnings", "budgets"], async (signal) => {
    const owner = new Owner(signal);
    const [budgets, status, rows, receipts] = await Promise.all([owner.budgets(), owner.status(), owner.earnings(dayOf(Date.now() - (DAYS - 1) * DAY_MS)), owner.receipts(RECEIPTS)]);
    return { content: [...content(status, rows, receipts, owner), section(strings.earnings.budgets(budgets.share), reasons(budgets))], again: POLL_MS };
  });
}

function content(status: RewardsStatus, rows: readonly EarningsRow[], receipts: readonly Receipt[], owner: Owner): HTMLElement[] {
  const decimals = decimalsOf(status.unit);
  const told = (sum: bigint): string => amount(sum, decimals);
  const today = dayOf(Date.now());
  const days = Array.from({ length: DAYS }, (_, index) => {
    const day = dayOf(Date.now() - (DAYS - 1 - index) * DAY_MS);
    return { day, sum: total(rows.filter((row) => row.day === day)) };
  });
  const drawn = h("figure", { class: "owner__chart" });
  drawn.append(chart(days, strings.earnings.chart(told(total(rows))), told));
  return [
    ...(status.refusal === null ? [] : [h("p", { class: "owner__note", role: "alert" }, status.refusal)]),
    h(
      "dl",
      { class: "owner__sums" },
      ...sum(strings.earnings.today, told(total(rows.filter((row) => row.day === today)))),
      ...sum(strings.earnings.month, told(total(rows.filter((row) => row.day.slice(0, 7) === today.slice(0, 7))))),
      ...sum(strings.earnings.ever, told(BigInt(status.earned))),
      ...sum(strings.earnings.claimable(status.lastEpoch), told(BigInt(status.claimable))),
    ),
    drawn,
    section(strings.earnings.payers, payers(rows, told)),
    section(strings.earnings.receipts(status.lastReceipt), receiptTable(receipts, owner)),
    ...(status.witnesses.length === 0 ? [] : [section(strings.earnings.witnesses(status.logSize), witnesses(status.witnesses))]),
  ];
}

function witnesses(all: readonly Witness[]): HTMLElement {
  const when = (witness: Witness): string => (witness.at === null ? "" : moment(witness.at));
  const told = (witness: Witness): string => [strings.earnings.cosigned(witness.size, when(witness)), ...(witness.trouble === null ? [] : [strings.earnings.notNow(witness.trouble)])].join(" ");
  return h("ul", { class: "owner__witnesses" }, ...all.map((witness) => h("li", {}, `${witness.name} ${told(witness)}`)));
}

function reasons(budgets: Budgets): HTMLElement {
  return h("ul", {}, ...budgets.reasons.map((reason) => h("li", {}, reason)));
}

function payers(rows: readonly EarningsRow[], told: (sum: bigint) => string): HTMLElement {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(row.requester, (sums.get(row.requester) ?? 0n) + BigInt(row.amount));
  if (sums.size === 0) return h("p", { class: "owner__note" }, strings.earnings.nobody);
  const sorted = [...sums].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
  return h("table", { class: "table" }, h("tbody", {}, ...sorted.map(([who, sum]) => h("tr", {}, h("th", { scope: "row" }, who), h("td", { class: "table__number" }, told(sum))))));
}

function receiptTable(receipts: readonly Receipt[], owner: Owner): HTMLElement {
  if (receipts.length === 0) return h("p", { class: "owner__note" }, strings.earnings.noReceipts);
  const row = (entry: Receipt): (string | HTMLElement)[] => {
    const { message, requesterSignature } = entry.receipt;
    const own = message.requester === message.device;
    return [
      String(entry.sequence),
      moment(Number(message.finishedAt) / 1000),
      own ? strings.earnings.household : short(message.requester),
      own ? "" : requesterSignature === undefined ? strings.earnings.open : strings.earnings.countersigned,
      number(Number(message.pixels)),
      h("button", { class: "table__action", type: "button", onclick: () => void download(owner, entry.sequence) }, strings.earnings.proof),
    ];
  };
  return table(strings.earnings.columns, receipts.map(row));
}

async function download(owner: Owner, sequence: number): Promise<void> {
  const link = h("a", { download: `record-${sequence}.tlog-proof`, href: URL.createObjectURL(await owner.proof(sequence)) });
  link.click();
  URL.revokeObjectURL(link.href);
}

function section(title: string, content: HTMLElement): HTMLElement {
  return h("section", { class: "owner__part" }, h("h2", {}, title), content);
}

function sum(name: string, value: string): HTMLElement[] {
  return [h("div", { class: "owner__sum" }, h("dt", {}, name), h("dd", {}, value))];
}

function total(rows: readonly EarningsRow[]): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row.amount), 0n);
}

function short(address: string): string {
  return `${address.slice(0, 8)}…${address.slice(-6)}`;
}

/** The day of UTC, as the books count. */
function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
