import type { Services } from "@inlay/core";
import { campaigns, people, wrapupCodeNames } from "./facts.ts";
import { orderFollowUp } from "./order-follow-up.ts";

const actor = { userId: people.admin.id };
const name = "name";
const columnNames = [name, "order", "cell", "home", "zone"];
const phoneColumns = [
	{ columnName: "cell", type: "cell", callableTimeColumn: "zone" },
	{ columnName: "home", type: "home", callableTimeColumn: "zone" },
];

/** Numbers of nobody, in three zones; what the far end does goes by the last two digits. */
const places = [
	{ zone: "Europe/Berlin", number: (end: string) => `+4930231251${end}` },
	{ zone: "Europe/London", number: (end: string) => `+4420794601${end}` },
	{ zone: "America/Los_Angeles", number: (end: string) => `+131055501${end}` },
] as const;
const people25 =
	"Amara Bo Carla Dries Elif Femi Greta Hugo Ines Jun Kaja Lars Mina Noor Otto Pia Quim Rosa Sven Tara Udo Vera Wim Xenia Yann".split(
		" ",
	);
const endings = ["10", "11", "12", "00", "13", "99", "98", "14", "15", "16"];
/** An agent may look at contacts; to take one out, or its number, is a right of its own. */
const role = {
	name: "Campaign agent",
	description: "Takes contacts out of campaigns, and puts numbers onto lists of those not to be called",
	permissions: ["outbound:contact:edit", "outbound:dnc:add"],
};

/** A campaign to try, and one with more contacts, switched off, for who wants to see power at work (agent-features 18). */
export async function seedOutbound(
	{ authorization, outbound, queues, scripts }: Services,
	queueId: string,
): Promise<void> {
	const limits = await named(outbound.limits, "Three tries", {
		maxAttemptsPerContact: 3,
		recallEntries: { busy: { nbrAttempts: 2, minutesBetweenAttempts: 5 } },
	});
	const campaignAgent = await authorization.seedRole(role);
	for (const { id } of [people.agent, people.agent2]) await authorization.grant(id, campaignAgent.id, "*");
	const scriptId = await followUpScript(scripts, await authorization.homeDivisionId());
	const never = await named(outbound.dncLists, "Do not call", {});
	await mapCodes({ outbound, queues }, queueId);
	const shared = { attemptLimitsId: limits.id, columnNames, phoneColumns };
	const lists = await Promise.all(
		[campaigns.preview, campaigns.power].map((one) => named(outbound.lists, one, shared)),
	);
	const counts = [people25.length, 200];
	for (const [index, list] of lists.entries()) {
		const contacts = Array.from({ length: counts[index] ?? 0 }, (_, nth) => contactOf(list.id, nth, index));
		const there = await outbound.contacts.page(list.id, { limit: 1, offset: 0 });
		if (there.length === 0) await outbound.addContacts(list, contacts, actor);
	}
	for (const [index, list] of lists.entries()) {
		const isPreview = index === 0;
		await named(outbound.campaigns, isPreview ? campaigns.preview : campaigns.power, {
			contactListId: list.id,
			queueId,
			dialingMode: isPreview ? "preview" : "power",
			phoneColumns: phoneColumns.map(({ columnName }) => ({ columnName })),
			dncListIds: [never.id],
			callerName: "Inlay Demo",
			callerAddress: "+4930231251",
			abandonRate: 3,
			maxCallsPerAgent: 3,
			skipPreviewDisabled: false,
			previewTimeOutSeconds: 20,
			callbackAutoAnswer: true,
			alwaysRunning: false,
			noAnswerTimeout: 15,
			shownColumns: [name, "order"],
			columnsAsAttributes: true,
			...(isPreview ? { scriptId } : {}),
		});
	}
}

/** Published, as agents have it. */
async function followUpScript(scripts: Services["scripts"], divisionId: string): Promise<string> {
	const name = campaigns.preview;
	const { found } = await scripts.store.list({ name, divisions: "all" }, { limit: 1, offset: 0 });
	const document = structuredClone(orderFollowUp) as never;
	const script = found[0] ?? (await scripts.create({ name, divisionId, document }, actor));
	if (!script.published) await scripts.publish(script.id, undefined, actor);
	return script.id;
}

interface Things<V, T> {
	list(filter: { name: string }, slice: { limit: number; offset: number }): Promise<{ found: T[] }>;
	create(sent: { name: string; value: V }, by: typeof actor): Promise<T>;
}

/** The one of that name, which a start that was ended has left, or a new one. */
async function named<V, T extends { name: string }>(things: Things<V, T>, name: string, value: V): Promise<T> {
	const { found } = await things.list({ name }, { limit: 100, offset: 0 });
	return found.find((one) => one.name === name) ?? things.create({ name, value }, actor);
}

/** What is solved was solved with the right person. */
async function mapCodes({ outbound, queues }: Pick<Services, "outbound" | "queues">, queueId: string): Promise<void> {
	const solved = (await queues.wrapupCodesOf(queueId)).find((one) => one.name === wrapupCodeNames[0]);
	if (solved)
		await outbound.rules.setMapping({ defaultSet: [], mapping: { [solved.id]: ["Right_Party_Contact"] } }, actor);
}

function contactOf(contactListId: string, nth: number, list: number) {
	const place = places[nth % places.length] ?? places[0];
	const end = list === 0 ? (endings[nth % endings.length] ?? "10") : String(nth % 100).padStart(2, "0");
	const cell = place.number(end);
	const data = {
		name: `${people25[nth % people25.length]} ${String.fromCharCode(65 + (nth % 26))}.`,
		order: `#${4_200 + nth}`,
		cell,
		zone: place.zone,
	};
	return {
		id: `demo-${list}-${nth}`,
		contactListId,
		data,
		callable: true,
		numbers: { cell: { number: cell, callable: true } },
		dateCreated: new Date(),
	};
}
