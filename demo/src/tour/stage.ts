import type { Services } from "@inlay/core";
import type { PlayedBen } from "../colleague/ben.ts";
import { defaultCaller } from "../facts.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import type { Phone } from "../phone/phone.ts";
import type { Samples } from "../samples/samples.ts";

/** One thing to try, and where to look. A scene without `set` is played by hand. */
export interface Scene {
	id: string;
	title: string;
	/** What there is to do before the button, or in its place. */
	first?: string;
	/** What the button does. */
	button?: string;
	/** Where to look, and what is right. */
	look: readonly string[];
	/** Sets the scene. @returns what has happened, as a sentence */
	set?(stage: Stage): Promise<string>;
}

/** What scenes are set on; one per server that runs. */
export interface Stage {
	services: Services;
	queue: { id: string; name: string };
	ben: PlayedBen;
	samples: Samples;
	phone: Phone;
	mailbox: Mailbox;
	/** Who calls now: contacts of the demo CRM, one after the other. */
	nextCaller(): { name: string; phone: string };
}

const callers = [
	defaultCaller,
	{ name: "Mira Okafor", phone: "+13175550111" },
	{ name: "Jonas Lindqvist", phone: "+13175550118" },
	{ name: "Priya Raman", phone: "+13175550121" },
] as const;

/** Takes turns with the contacts who call. */
export function callersInTurn(): Stage["nextCaller"] {
	let turns = 0;
	return () => callers[turns++ % callers.length] ?? defaultCaller;
}
