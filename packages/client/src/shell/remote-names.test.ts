import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { RecentCall } from "../session/recent-calls.ts";
import { Numbers } from "./numbers.ts";
import { RemoteNames } from "./remote-names.ts";
import type { Workspace } from "./workspace.ts";

it("the history showed an outbound call's number though the name of that number is known from another call", async () => {
	const numbers = new Numbers("US");
	await numbers.load();
	const past = [
		{ name: "+13175550142", address: "+13175550142" },
		{ name: "Clara Bell", address: "(317) 555-0142" },
		{ name: "Clara Older", address: "+13175550142" },
		{ name: "Private caller", address: "anonymous" },
	] as RecentCall[];
	const session = { recent: { all: signal(past) }, conversations: { listed: signal([]) } };
	const names = new RemoteNames({ numbers, session } as unknown as Workspace);
	expect(names.of("+13175550142")).toBe("Clara Bell");
	expect(names.of("anonymous")).toBeUndefined();
	names.remember("317-555-0142", "Clara of the CRM");
	expect(names.of("+13175550142"), "who was chosen or asked knows better").toBe("Clara of the CRM");
	names.dispose();
});

it("the history showed a number where the card had said a name: the CRM is asked for numbers of past calls too, once", async () => {
	const numbers = new Numbers("US");
	await numbers.load();
	const asked: string[] = [];
	const searchContacts = async (number: string) => {
		asked.push(number);
		return { results: [{ name: "Theo Farland", phone: [{ number: "317-555-0123" }] }] };
	};
	const config = signal({ settings: { searchTargets: ["frameworkContacts"] } });
	const session = { recent: { all: signal([]) }, conversations: { listed: signal([]) } };
	const names = new RemoteNames({ numbers, session, config, runtime: { searchContacts } } as unknown as Workspace);
	expect(names.of("+13175550123")).toBeUndefined();
	await expect.poll(() => names.of("+13175550123")).toBe("Theo Farland");
	names.of("+13175550199");
	names.of("+13175550199");
	await expect.poll(() => asked).toEqual(["+13175550123", "+13175550199"]);
	names.dispose();
});
