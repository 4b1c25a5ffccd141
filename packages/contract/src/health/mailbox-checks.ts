import type { MailboxFacts, OrganizationFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { finding, namesOf, thingOf } from "./make-finding.ts";

const organization = { kind: "organization" as const, name: "" };

/** Mailboxes from which mails are brought, one finding for each cause: a server that is away is away for all of its mailboxes. */
export function mailboxFindings({ mailboxes = [] }: OrganizationFacts): Finding[] {
	const closed = mailboxes.flatMap((one) => (one.trouble ? [{ ...one, trouble: one.trouble }] : []));
	const byCause = Map.groupBy(closed, ({ host, trouble }) => `${host} ${trouble.detail}`);
	const unreachable = [...byCause.values()].flatMap((all) => {
		const [first] = all;
		if (!first) return [];
		const since = all.map(({ trouble }) => trouble.since).sort()[0] ?? first.trouble.since;
		const values = { addresses: addressesOf(all), host: first.host, detail: first.trouble.detail };
		return [finding("mailbox.unreachable", organization, { ...atMailbox(first), values, since, count: all.length })];
	});
	const readOnly = mailboxes.filter(({ isReadOnly, trouble }) => isReadOnly && !trouble);
	const byHost = Map.groupBy(readOnly, ({ host }) => host);
	return [
		...unreachable,
		...[...byHost].map(([host, all]) => {
			const values = { addresses: addressesOf(all), host };
			return finding("mailbox.readonly", organization, { ...atMailbox(all[0]), values, count: all.length });
		}),
	];
}

/** Where it is mended: at the first of them. */
function atMailbox(box: MailboxFacts | undefined) {
	return box ? { at: thingOf("email-address", { id: box.id, name: box.address }), field: "mailbox" as const } : {};
}

function addressesOf(all: readonly MailboxFacts[]): string {
	return namesOf(all.map(({ address }) => ({ name: address })));
}
