import { type Signal, signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { ApiError } from "./api.ts";
import type { LiveInteraction } from "./interaction.ts";
import { type RightsThereUse, rightsThere } from "./rights-there.ts";

const share = "acdScreenShare:session:view";
const grant = (id: string, actions = ["view"]) => ({
	division: { id },
	role: { policies: [{ domain: "acdScreenShare", entityName: "session", actions }] },
});

/** A call that came through the queue of one division to the queue of another, whose agent has it. */
const call = {
	source: {
		id: "c1",
		divisions: [
			{ division: { id: "north" }, entities: [{ id: "first" }] },
			{ division: { id: "south" }, entities: [{ id: "second" }] },
			{ division: { id: "home" }, entities: [{ id: "ada" }] },
		],
		participants: [
			{ id: "1", purpose: "customer", calls: [{ state: "connected" }] },
			{
				id: "2",
				purpose: "acd",
				queueId: "first",
				calls: [{ state: "disconnected" }],
				endTime: "2026-11-28T00:00:00Z",
			},
			{ id: "3", purpose: "agent", queue: { id: "second" }, user: { id: "ada" }, calls: [{ state: "connected" }] },
		],
	},
} as unknown as LiveInteraction;

let clock: FakeClock;
let grants: object[];
let isDown: boolean;
let asked: number;
let rightsChanges: Signal<number>;
let rights: RightsThereUse;
let session: Parameters<typeof rightsThere>[0];
let refusal: Error;

beforeEach(() => {
	clock = new FakeClock();
	[grants, isDown, asked] = [[], false, 0];
	rightsChanges = signal(0);
	refusal = new Error("503");
});
afterEach(() => rights.dispose());

function open(): void {
	const get = async () => {
		asked++;
		if (isDown) throw refusal;
		return { grants };
	};
	session = { rightsChanges, isAway: signal(false), clock, api: { get } } as unknown as typeof session;
	rights = rightsThere(session);
}
const may = () => rights.may(call, share);
const known = (count: number) => vi.waitFor(() => expect(asked).toBe(count));

it("a button stood there for what one may elsewhere, and the server refused it", async () => {
	grants = [grant("north"), grant("south", ["add"])];
	open();
	expect(may()).toBe(false);
	await known(1);
	await Promise.resolve();
	expect(may()).toBe(false);
	for (const [count, where] of ["south", "home", "*"].entries()) {
		grants = [grant(where)];
		rightsChanges.value++;
		clock.advance(2_000);
		await known(count + 2);
		await vi.waitFor(() => expect(may(), where).toBe(true));
	}
	expect(rights.may(call, "cobrowse:session:view")).toBe(false);
});

it("a right that was taken away while the card was open left its button there", async () => {
	grants = [grant("south", ["*"])];
	open();
	await vi.waitFor(() => expect(may()).toBe(true));
	grants = [];
	rightsChanges.value++;
	clock.advance(2_000);
	await vi.waitFor(() => expect(may()).toBe(false));
});

it("a server that did not answer at first left the card without its buttons", async () => {
	isDown = true;
	grants = [grant("south")];
	open();
	may();
	await known(1);
	isDown = false;
	await vi.waitFor(() => {
		clock.advance(5_000);
		expect(may()).toBe(true);
	});
});

it("each card read the grants for itself, and a refusal was asked for again for ever", async () => {
	isDown = true;
	refusal = new ApiError(403, { code: "missing.permissions" });
	open();
	const other = rightsThere(session);
	expect(asked, "read for cards that ask nothing").toBe(0);
	may();
	await known(1);
	expect([other.may(call, share), other.mayAsFarAsKnown(call, share)]).toEqual([false, true]);
	await Promise.resolve();
	clock.advance(60_000);
	expect(asked).toBe(1);
	[isDown, grants] = [false, [grant("south")]];
	rightsChanges.value++;
	clock.advance(2_000);
	await vi.waitFor(() => expect([may(), other.may(call, share)]).toEqual([true, true]));
	expect(asked).toBe(2);
	expect(other.mayAsFarAsKnown(call, "cobrowse:session:view")).toBe(false);
	other.dispose();
	expect(may()).toBe(true);
});
