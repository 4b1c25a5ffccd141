import { describe, expect, it } from "vitest";
import { createGuard } from "./guard.ts";
import { Subscriptions } from "./subscriptions.ts";
import { fakePorts } from "./test-support/fake-ports.ts";

describe("subscriptions", () => {
	it("reach every listener of the type and category, each with a copy of its own", () => {
		const { ui, log, of, logged } = fakePorts();
		const subscriptions = new Subscriptions(createGuard(ui, log), log);
		const seen: unknown[] = [];
		const listen = (name: string) => (category: string, data: unknown) => {
			const given = data as { id: string };
			seen.push([name, category, given.id]);
			given.id = "changed";
		};
		subscriptions.add([
			{ type: "interaction", categories: ["BlindTransfer"], callback: listen("some") },
			{ type: "Interaction", callback: listen("all") },
			{ type: "Interaction", callback: () => Promise.reject(new Error("async")) },
			{ type: "Weather", callback: listen("none") },
			{ type: "Interaction" },
			null,
		]);
		subscriptions.add({ type: "Notification", callback: listen("single") });
		subscriptions.emit("Interaction", "blindTransfer", { id: "c1" });
		subscriptions.emit("Interaction", "add", { id: "c2" });
		subscriptions.emit("Notification", "conversationTranscription", { id: "c3" });
		expect(seen).toEqual([
			["some", "blindTransfer", "c1"],
			["all", "blindTransfer", "c1"],
			["all", "add", "c2"],
		]);
		expect(logged).toHaveLength(3);
		return expect.poll(() => of("report")).toMatchObject([{ text: "subscribe Interaction blindTransfer: async" }, {}]);
	});
});

describe("events of which no more than a name is known", () => {
	it.each([false, true])("reach who names them, and all others only where the script says so: %s", (isSet) => {
		const { ui, log } = fakePorts();
		const subscriptions = new Subscriptions(createGuard(ui, log), log, () => isSet);
		const seen: string[] = [];
		subscriptions.add({ type: "Interaction", categories: ["consultcall"], callback: () => seen.push("by name") });
		subscriptions.add({ type: "Interaction", callback: () => seen.push("all") });
		subscriptions.emit("Interaction", "ConsultCall", {});
		expect(seen).toEqual(isSet ? ["by name", "all"] : ["by name"]);
	});
});

describe("a plain function that uses this", () => {
	it("posts to its window, as the official sample does, and lost every status message", () => {
		const { ui, log } = fakePorts();
		const subscriptions = new Subscriptions(createGuard(ui, log), log);
		const seen: unknown[] = [];
		// What `this` is in a plain function of a classic script: here, in a strict one, nothing.
		function callback(this: unknown) {
			seen.push(this);
		}
		subscriptions.add({ type: "UserAction", callback });
		subscriptions.emit("UserAction", "status", "Available");
		expect(seen).toEqual([undefined]);
	});
});
