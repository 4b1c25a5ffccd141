import { type AboutPerson, aboutPeople } from "./about-people.ts";

/** Who and what the demo organization has. Ids are fixed, so that a second start finds what the first has made. */
export const organizationName = "Inlay Demo";

export interface DemoPerson {
	id: string;
	name: string;
	username: string;
	/** Default roles. */
	roles: string[];
	about: AboutPerson;
}

export const people = {
	admin: {
		id: "d0000000-0000-4000-8000-000000000001",
		name: "Ada Admin",
		username: "admin@demo.inlay",
		roles: ["admin", "employee"],
		about: aboutPeople.admin,
	},
	agent: {
		id: "d0000000-0000-4000-8000-000000000002",
		name: "Anna Agent",
		username: "agent@demo.inlay",
		roles: ["agent", "employee"],
		about: aboutPeople.agent,
	},
	agent2: {
		id: "d0000000-0000-4000-8000-000000000003",
		name: "Ben Agent",
		username: "agent2@demo.inlay",
		roles: ["agent", "employee"],
		about: aboutPeople.agent2,
	},
	supervisor: {
		id: "d0000000-0000-4000-8000-000000000004",
		name: "Sam Supervisor",
		username: "supervisor@demo.inlay",
		roles: ["supervisor", "agent", "employee"],
		about: aboutPeople.supervisor,
	},
} satisfies Record<string, DemoPerson>;

export type DemoRole = keyof typeof people;

/** The demo is for one's own machine: pages of any port there may embed the client. */
export const localPages = ["http://localhost:*", "http://127.0.0.1:*"];

export const clientIds = {
	panel: "d0000000-0000-4000-8000-0000000000c1",
	implicit: "d0000000-0000-4000-8000-0000000000c2",
	automation: "d0000000-0000-4000-8000-0000000000c3",
} as const;

/** Outbound campaigns, both off until somebody starts them. */
export const campaigns = { preview: "Order follow-up", power: "Winter offer" } as const;

export const deployment = { id: "d0000000-0000-4000-8000-0000000000f1", name: "Demo CRM" };

/** What the deployment's script has of its own. */
export const deploymentScript = {
	name: "Inlay Demo CRM",
	settings: {
		usePKCEAuthFlow: true,
		enableCallHistory: true,
		searchTargets: ["people", "queues", "frameworkContacts", "externalContacts"],
		theme: {
			primary: "#14463f",
			text: "#ffffff",
			notification: {
				success: { primary: "#0b7a45", text: "#ffffff" },
				error: { primary: "#c2303b", text: "#ffffff" },
			},
		},
	},
};

export const groupName = "Demo agents";
export const queueName = "Customer service";
/** Anna has it, Ben has not. */
export const skillNames = { returns: "Returns" } as const;
export const wrapupCodeNames = ["Solved", "Call again", "Passed on", "Wrong number"];

/** The number on the customer page, and one that the simulated trunk answers; both are reserved for fiction. */
export const numbers = { service: "+13175550100", farEnd: "+13175550123" } as const;

/** Our number for texts. */
export const texting = { id: "d0000000-0000-4000-8000-0000000000a1", name: "Texts", number: "+13175550180" } as const;

/** The messenger in the corner of the customer page. */
export const webChat = { id: "d0000000-0000-4000-8000-0000000000a2", name: "Oakline’s page" } as const;

/** The phone that the demo simulates, and whose it is. */
export const simulatedPhone = { number: "+4915155501001", owner: "Carol Ross" } as const;

/** Our address for emails. */
export const mailing = {
	domain: "inlay-demo.example",
	pattern: "service",
	address: "service@inlay-demo.example",
} as const;

/** The mailbox of a customer that the demo simulates, and whose it is. */
export const simulatedMailbox = { address: "carol@customer.example", owner: "Carol Ross" } as const;

/** What the simulated far end does, by a number's last two digits (`voice/simulated-trunk.ts`). */
export const numbersToTry = [
	{ number: "(317) 555-0123", text: "rings for 2.5 seconds, answers, speaks and hangs up" },
	{ number: "(317) 555-0110", text: "is answered at once (10)" },
	{ number: "(317) 555-0130", text: "leaves a message of six seconds when it calls in and a mailbox answers (30)" },
	{ number: "(317) 555-0120", text: "is a mobile whose owner presses 1 after 4 seconds: to forward calls to (20)" },
	{ number: "(317) 555-0121", text: "is a mailbox, which answers and never presses a key (21)" },
	{ number: "(317) 555-0198", text: "is an answering machine: campaigns let go of it (98)" },
	{ number: "(317) 555-0100", text: "is busy, as is any that ends in 00" },
	{ number: "(317) 555-0199", text: "does not answer, and gives up after 20 seconds (99)" },
	{ number: "(317) 555-0197", text: "refuses the call (97)" },
	{ number: "(317) 555-0196", text: "is not in service (96)" },
] as const;

export const ringTimes =
	"A caller of the customer page rings an agent for 20 seconds and then the next one; meanwhile they hear music.";

/** Who calls from the customer page unless the visitor says otherwise: a contact of the demo CRM. */
export const defaultCaller = { name: "Clara Bell", phone: "+13175550142" } as const;
