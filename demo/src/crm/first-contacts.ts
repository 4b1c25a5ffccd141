import { defaultCaller, numbers, simulatedMailbox, simulatedPhone } from "../facts.ts";
import type { Activity, Contact, CrmData } from "./model.ts";

type Row = [name: string, company: string, title: string, city: string, ...phones: Array<[string, string]>];

/** Fictional people with numbers that are reserved for fiction (555-01xx). */
const rows: Row[] = [
	[defaultCaller.name, "Bell & Daughters", "Owner", "Indianapolis", [defaultCaller.phone, "Mobile"]],
	["Theo Farland", "Farland Nurseries", "Head gardener", "Carmel", [numbers.farEnd, "Work"]],
	[
		"Mira Okafor",
		"Okafor Interiors",
		"Interior designer",
		"Fishers",
		["+13175550111", "Work"],
		["+13175550112", "Mobile"],
	],
	["Jonas Lindqvist", "North Pier Cafés", "Buyer", "Zionsville", ["+13175550118", "Work"]],
	["Priya Raman", "Raman Dental Care", "Practice manager", "Greenwood", ["+13175550121", "Mobile"]],
	["Luis Ortega", "Ortega Event Rentals", "Director", "Lawrence", ["+13175550127", "Work"], ["+13175550128", "Home"]],
	["Hanna Weiss", "Weiss Architects", "Partner", "Noblesville", ["+13175550133", "Mobile"]],
	["Samuel Adeyemi", "Hillcrest School", "Facilities", "Avon", ["+13175550137", "Work"]],
	["Noor Haddad", "Haddad Bakery", "Owner", "Plainfield", ["+13175550151", "Mobile"]],
	["Kenji Mori", "Studio Mori", "Photographer", "Brownsburg", ["+13175550156", "Work"]],
	["Elena Petrova", "Lakeside Yoga", "Studio lead", "Westfield", ["+13175550164", "Mobile"]],
	["Oscar Dunne", "Dunne Property", "Agent", "Speedway", ["+13175550172", "Work"], ["+13175550173", "Mobile"]],
	[simulatedPhone.owner, "Ross Upholstery", "Owner", "Berlin", [simulatedPhone.number, "Mobile"]],
	["Grace Whitlock", "Whitlock Library", "Librarian", "Beech Grove", ["+13175550188", "Work"]],
];

/** What the demo CRM holds at its first start. Ids are fixed: links to a contact survive a fresh data folder. */
export function firstContacts(now: Date): CrmData {
	const daysAgo = (days: number, hour = 10) => {
		const at = new Date(now.getTime() - days * 86_400_000);
		at.setUTCHours(hour, 15, 0, 0);
		return at.toISOString();
	};
	const contacts = rows.map(([name, company, title, city, ...phones], index): Contact => {
		const mailbox = name.toLowerCase().replace(/[^a-z]+/g, ".");
		return {
			id: contactId(index),
			name,
			company,
			title,
			city,
			// Who has a mailbox of the demo writes from that address: an email from it is theirs.
			email: name === simulatedMailbox.owner ? simulatedMailbox.address : `${mailbox}@example.com`,
			phones: phones.map(([number, label]) => ({ number, label })),
			createdAt: daysAgo(200 - index * 9),
		};
	});
	return { contacts, activities: contacts.flatMap(({ id }, index) => storyOf(id, index, daysAgo)) };
}

const contactId = (index: number) => `d0000000-0000-4000-8000-0000000004${String(index).padStart(2, "0")}`;

/** A believable past: an order, a message, for some a note. */
function storyOf(contact: string, index: number, daysAgo: (days: number, hour?: number) => string): Activity[] {
	const activity = (part: number, told: Omit<Activity, "id" | "contactId">): Activity => ({
		id: `d0000000-0000-4000-8000-00000000${String(5000 + index * 10 + part)}`,
		contactId: contact,
		...told,
	});
	const order = 4100 + index * 7;
	const goods = ["a set of pendant lamps", "two oak shelves", "linen curtains", "a reading chair"][index % 4];
	const story = [
		activity(1, {
			kind: "order",
			subject: `Order ${order}`,
			notes: `Ordered ${goods}. Delivered on time.`,
			at: daysAgo(40 - index),
		}),
		activity(2, {
			kind: "email",
			subject: `Re: Order ${order}`,
			notes: "Asked for the care instructions; sent the leaflet.",
			at: daysAgo(31 - index, 14),
		}),
	];
	if (index % 3 > 0) return story;
	return [
		...story,
		activity(3, {
			kind: "note",
			subject: "Prefers the phone",
			notes: "Reach them in the morning; they are in the workshop after noon.",
			at: daysAgo(12, 9),
		}),
	];
}
