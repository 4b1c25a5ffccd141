import type { Services } from "@inlay/core";
import { campaigns, people, wrapupCodeNames } from "./facts.ts";

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
export async function seedOutbound({ authorization, outbound, queues }: Services, queueId: string): Promise<void> {
	const { found } = await outbound.campaigns.list({ name: campaigns.preview }, { limit: 1, offset: 0 });
	if (found.length > 0) return;
	const limits = await outbound.limits.create(
		{
			name: "Three tries",
			value: { maxAttemptsPerContact: 3, recallEntries: { busy: { nbrAttempts: 2, minutesBetweenAttempts: 5 } } },
		},
		actor,
	);
	const campaignAgent = await authorization.seedRole(role);
	for (const { id } of [people.agent, people.agent2]) await authorization.grant(id, campaignAgent.id, "*");
	const never = await outbound.dncLists.create({ name: "Do not call", value: {} }, actor);
	await mapCodes({ outbound, queues }, queueId);
	const shared = { attemptLimitsId: limits.id, columnNames, phoneColumns };
	const lists = await Promise.all(
		[campaigns.preview, campaigns.power].map((one) => outbound.lists.create({ name: one, value: shared }, actor)),
	);
	const counts = [people25.length, 200];
	for (const [index, list] of lists.entries()) {
		const contacts = Array.from({ length: counts[index] ?? 0 }, (_, nth) => contactOf(list.id, nth, index));
		await outbound.addContacts(list, contacts, actor);
	}
	for (const [index, list] of lists.entries()) {
		const isPreview = index === 0;
		await outbound.campaigns.create(
			{
				name: isPreview ? campaigns.preview : campaigns.power,
				value: {
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
				},
			},
			actor,
		);
	}
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
