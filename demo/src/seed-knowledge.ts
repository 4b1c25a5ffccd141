import { Readable } from "node:stream";
import type { Services } from "@inlay/core";
import { firstContacts } from "./crm/first-contacts.ts";
import { people } from "./facts.ts";

const actor = { userId: people.admin.id };

/** Of these the demo CRM knows more than the contact center: a call shows what that is like, and the agent links them. */
const onlyInCrm: ReadonlySet<string> = new Set(["Mira Okafor", "Theo Farland"]);

/** The customers of the demo CRM are external contacts, but for two; each works for a company. */
export async function seedContacts({ externalContacts }: Services): Promise<void> {
	for (const { id, name, company, title, city, email, phones } of firstContacts(new Date()).contacts) {
		if (onlyInCrm.has(name) || (await externalContacts.contacts.find(id))) continue;
		const organization = await externalContacts.createOrganization({ name: company, value: {} }, actor);
		const [firstName = name, ...rest] = name.split(" ");
		const [first, second] = phones.map(({ number }) => ({ e164: number, display: number }));
		const value = {
			...{ firstName, lastName: rest.join(" "), title, workEmail: email, address: { city } },
			...(first ? { cellPhone: first } : {}),
			...(second ? { workPhone: second } : {}),
		};
		await externalContacts.create({ value, organizationId: organization.id }, actor, id);
	}
}

interface Draft {
	name: string;
	text: string;
	shortcut: string;
	html?: string;
	defaults?: Record<string, string>;
	files?: Array<{ name: string; text: string }>;
}

const support: Draft[] = [
	{
		name: "Greeting",
		shortcut: "hello",
		text: "Dear {{customerFirstName}}, thank you for writing to us. I am {{agentFirstName}}, and I look into it now.",
		defaults: { customerFirstName: "customer" },
	},
	{
		name: "Return goods",
		shortcut: "ret",
		text: "Dear {{customerFirstName}}, send it back with the label in the parcel. We refund order {{order}} within {{days}} days.",
		defaults: { customerFirstName: "customer", days: "5" },
		files: [
			{ name: "Return form.txt", text: "Order number:\nArticle:\nReason for the return:\n\nPut it into the parcel.\n" },
		],
	},
	{
		name: "Where an order is",
		shortcut: "where",
		text: "Order {{order}} is on its way and will be with you on {{delivery}}.",
	},
	{
		name: "Ask for the order number",
		shortcut: "ask",
		text: "Which order is it about? The number stands at the top of our mail, and begins with 42.",
	},
	{ name: "Apology for the wait", shortcut: "sorry", text: "I am sorry that you had to wait. I am here for you now." },
	{
		name: "Goodbye",
		shortcut: "bye",
		text: "Thank you, {{customerFirstName}}. Have a good day! {{agentName}}",
		html: "<p>Thank you, {{customerFirstName}}. Have a good day!</p><p><b>{{agentName}}</b><br>{{queueName}}</p>",
		defaults: { customerFirstName: "dear customer" },
	},
];

const sales: Draft[] = [
	{
		name: "Winter offer",
		shortcut: "winter",
		text: "Dear {{customerFirstName}}, until {{until}} there are 15 % off all lamps.",
		defaults: { customerFirstName: "customer", until: "the end of the month" },
	},
	{
		name: "Quote",
		shortcut: "quote",
		text: "Here is our offer: {{quantity}} × {{article}} for {{price}} in all. It holds for 14 days.",
	},
	{
		name: "Delivery times",
		shortcut: "times",
		text: "What is in stock is with you in two to three working days; made to measure takes three weeks.",
	},
];

/** Two libraries: Support for the demo's queue, Sales for none yet, so that it can be seen that it stays away. */
export async function seedResponses(
	{ cannedResponses, queues, authorization }: Services,
	queueId: string,
): Promise<void> {
	if ((await cannedResponses.libraries.all()).length > 0) return;
	const queueIds = (await queues.get(queueId)) ? [queueId] : [];
	const home = await authorization.homeDivisionId();
	await fill(cannedResponses, { name: "Support", queueIds }, support, home);
	await fill(cannedResponses, { name: "Sales", queueIds: [] }, sales, home);
}

async function fill(
	canned: Services["cannedResponses"],
	library: { name: string; queueIds: string[] },
	drafts: readonly Draft[],
	divisionId: string,
): Promise<void> {
	const { id } = await canned.createLibrary(library, actor);
	for (const { name, text, shortcut, html, defaults = {}, files = [] } of drafts) {
		const substitutions = Object.entries(defaults).map(([of, defaultValue]) => ({ id: of, defaultValue }));
		const value = { plain: text, shortcut, language: "en", substitutions, ...(html ? { html } : {}) };
		const assetIds = await Promise.all(files.map((file) => fileOf(canned, divisionId, file)));
		await canned.createResponse({ name, libraryIds: [id], assetIds, value }, actor);
	}
}

async function fileOf(
	{ assets }: Services["cannedResponses"],
	divisionId: string,
	{ name, text }: { name: string; text: string },
): Promise<string> {
	const { id, ticket } = await assets.begin({ name, divisionId }, actor);
	await assets.bring(ticket, Readable.from([Buffer.from(text)]));
	return id;
}
