import { expect, it } from "vitest";
import { MemoryStorage } from "../test-support/fake-window.ts";
import { HostRelay } from "./host-relay.ts";

const own = "https://panel.test";

function relay({ hosts = ["https://crm.example"], ancestor = "", kept = new MemoryStorage() } = {}) {
	const events = new EventTarget();
	const posted: [unknown, string][] = [];
	const parent = { postMessage: (data: unknown, target: string) => posted.push([data, new URL(target).origin]) };
	const window = {
		parent,
		location: { origin: own, ...(ancestor ? { ancestorOrigins: [ancestor] } : {}) },
		document: { referrer: "" },
		sessionStorage: kept,
		addEventListener: events.addEventListener.bind(events),
		removeEventListener: events.removeEventListener.bind(events),
	} as unknown as Window;
	const said: unknown[] = [];
	const dropped: string[] = [];
	const made = new HostRelay({
		window,
		hosts,
		said: (data, origin) => said.push([data, origin]),
		dropped: (from) => dropped.push(from),
	});
	const hear = (origin: string, source: unknown = parent) =>
		events.dispatchEvent(Object.assign(new Event("message"), { data: "hello", origin, source }));
	return { made, hear, said, dropped, posted, kept };
}

it("hears the embedding page of the list alone, and counts the others", () => {
	const { hear, said, dropped } = relay();
	hear("https://evil.example");
	hear("https://crm.example.evil.example");
	hear("null");
	hear("https://crm.example", { closed: false });
	expect(said).toEqual([]);
	expect(dropped).toHaveLength(4);
	hear(own, {});
	hear("https://crm.example");
	expect(said).toEqual([["hello", "https://crm.example"]]);
	expect(dropped).toHaveLength(4);
});

it("one page of a list with many is the one from the first word on", () => {
	const { hear, said, dropped, posted, made } = relay({ hosts: ["https://a.example", "https://*.b.example"] });
	made.send("early", "*");
	expect(posted, "only where it may be").toEqual([["early", "https://a.example"]]);
	hear("https://x.b.example");
	hear("https://a.example");
	expect(said).toHaveLength(1);
	expect(dropped).toEqual(["page https://a.example (not on the list)"]);
	made.send("later", "/");
	expect(posted.at(-1)).toEqual(["later", "https://x.b.example"]);
});

it("says to nobody what is meant for another page than the one around", () => {
	const { made, posted, dropped } = relay({ ancestor: "https://crm.example" });
	made.send("secret", "https://other.example");
	expect(posted).toEqual([]);
	expect(dropped).toEqual([expect.stringContaining("https://other.example")]);
	made.send("fine", "https://crm.example");
	expect(posted).toEqual([["fine", "https://crm.example"]]);
});

it("knows its page again behind the sign-in, where the browser tells no longer, and believes nothing kept", () => {
	const { hear, kept } = relay();
	hear("https://crm.example");
	const again = relay({ hosts: ["https://crm.example", "https://b.example"], kept });
	again.made.send("x", "*");
	expect(again.posted).toEqual([["x", "https://crm.example"]]);
	kept.setItem("inlay.host", "https://evil.example");
	const forged = relay({ hosts: ["https://b.example"], kept });
	forged.made.send("x", "*");
	expect(forged.posted).toEqual([["x", "https://b.example"]]);
});

it("a page that the list has without a scheme, or by a wildcard, was not to be spoken to before it spoke", () => {
	const { made, posted, dropped } = relay({ hosts: ["crm.example", "https://*.b.example"] });
	made.send("open", "*");
	expect(posted.splice(0)).toEqual([
		["open", "https://crm.example"],
		["open", "http://crm.example"],
	]);
	made.send("named", "https://x.b.example");
	made.send("named", "http://crm.example/case/1");
	expect(posted.splice(0)).toEqual([
		["named", "https://x.b.example"],
		["named", "http://crm.example"],
	]);
	made.send("secret", "https://evil.example");
	made.send("secret", "no origin");
	expect(posted).toEqual([]);
	expect(dropped).toHaveLength(2);
});
