import type { Services } from "@inlay/core";
import { expect, it } from "vitest";
import type { DemoFile } from "../demo-file.ts";
import { createPhone } from "./phone.ts";
import { phoneRoutes } from "./routes.ts";

const demo = { api: "http://api.test:8080" } as DemoFile;
const ours = { id: "a1", address: "+13175550180", provider: "simulator" };

interface Sent {
	text: string;
	direction: string;
	status: string;
}

/** A phone whose number has these texts; those that it writes are kept. */
function world(texts: Sent[] = [], addresses: object[] = [ours]) {
	const written: unknown[] = [];
	const messaging = {
		addresses: { all: async () => addresses },
		withCustomer: async () => texts.map((one, second) => ({ ...one, at: new Date(second * 1000) })),
		receive: async (_address: object, arrival: object) => written.push(arrival),
	};
	const routes = phoneRoutes(createPhone({ messaging } as unknown as Services), demo);
	async function ask(operationId: string, body: object = {}, origin?: string) {
		const found = routes.find((one) => one.operationId === operationId);
		return (await found?.handler({ params: {}, body, headers: { origin } } as never)) as {
			status: number;
			body: string;
		};
	}
	return { ask, written };
}

const hello = { text: " Hello ", key: "k1", to: "a1" };

it("what people wrote was run by the page", async () => {
	const { ask } = world([{ text: "<img src=x onerror=alert(1)>", direction: "outbound", status: "delivery-success" }]);
	for (const operation of ["getDemoPhone", "getDemoPhoneTexts"]) {
		const { body } = await ask(operation);
		expect(body).toContain("&lt;img src=x");
		expect(body).not.toContain("<img");
	}
});

it("shows what reached it, and nothing that did not", async () => {
	const outbound = { direction: "outbound" };
	const { ask } = world([
		{ ...outbound, text: "On its way", status: "delivery-success" },
		{ ...outbound, text: "Still in the post", status: "sent" },
		{ ...outbound, text: "Never came", status: "delivery-failed" },
		{ direction: "inbound", text: "Thank you", status: "received" },
	]);
	const { body } = await ask("getDemoPhoneTexts");
	expect(body.match(/On its way|Still in the post|Never came|Thank you/g)).toEqual(["On its way", "Thank you"]);
});

it("a text is written once, and a reload of the page writes none", async () => {
	const { ask, written } = world();
	expect((await ask("postDemoPhone", hello, demo.api)).status).toBe(303);
	expect(written).toMatchObject([{ their: "+4915155501001", text: "Hello", providerId: "k1" }]);
});

it.each([
	["a form of another site wrote texts", hello, "http://evil.test", 403],
	["a form of no site wrote texts", hello, undefined, 403],
	["an empty text was written", { ...hello, text: "  " }, demo.api, 400],
	["a number that was deleted was written to", { ...hello, to: "gone" }, demo.api, 404],
])("%s", async (_what, body, origin, status) => {
	const { ask, written } = world();
	expect([(await ask("postDemoPhone", body, origin)).status, written]).toEqual([status, []]);
});

it("where nobody has a number for texts, the page says how to make one", async () => {
	const { body } = await world([], []).ask("getDemoPhone");
	expect(body).toContain("There is no number for texts any more");
	expect(body).not.toContain("<form");
});
