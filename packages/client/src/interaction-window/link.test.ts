import { expect, it } from "vitest";
import { readWindowMessage, WindowLink } from "./link.ts";

function linked(hash?: string, isClosed = () => false) {
	const sent: string[] = [];
	const states: string[] = [];
	let unread = hash;
	const link = new WindowLink<string>({
		panels: () => ["one", "other"],
		send: (page, { inlayWindow, hash }) => sent.push([page, inlayWindow, hash].filter(Boolean).join(" ")),
		show: (state) => states.push(state),
		isClosed,
		giveUp: () => states.push("given up"),
		hash: () => {
			const now = unread;
			unread = undefined;
			return now;
		},
	});
	return { link, sent, states };
}

it("the first panel that answers has the window, and no other one", () => {
	const { link, sent, states } = linked("#wish");
	link.ask();
	expect(sent.splice(0)).toEqual(["one ask", "other ask"]);
	link.heard("other", "here");
	expect(sent.splice(0), "what the address asks for is asked once").toEqual(["other take #wish"]);
	link.heard("one", "here");
	link.heard("one", "gone");
	link.heard("other", "here");
	expect(states).toEqual(["with"]);
	link.ask();
	expect(sent).toEqual(["other take"]);
});

it("a panel that is loaded anew finds its window again", () => {
	const { link, sent, states } = linked();
	link.heard("one", "here");
	link.heard("one", "here");
	link.heard("one", "going");
	expect(states.splice(0)).toEqual(["with", "waiting"]);
	sent.length = 0;
	link.ask();
	expect(sent).toEqual(["one ask", "other ask"]);
	link.heard("one", "here");
	link.heard("one", "here");
	expect(states).toEqual(["with"]);
});

it("a panel that says nothing any more is waited for, and given up after a minute", () => {
	const { link, states } = linked();
	link.heard("one", "here");
	link.heard("one", "here");
	for (let second = 0; second < 4; second++) link.ask();
	expect(states.splice(0)).toEqual(["with", "waiting"]);
	for (let second = 4; second < 60; second++) link.ask();
	expect(states).toEqual(["given up"]);
});

it("a window that outlived its panel said that nothing was selected: it says that the panel is closed", () => {
	let isClosed = false;
	const { link, states } = linked(undefined, () => isClosed);
	link.heard("one", "here");
	link.heard("one", "here");
	link.heard("one", "going");
	isClosed = true;
	for (let second = 0; second < 3; second++) link.ask();
	expect(states).toEqual(["with", "waiting", "closed"]);
});

it("where no panel ever answers, the window says so after some seconds, once", () => {
	const { link, states } = linked();
	for (let second = 0; second < 9; second++) link.ask();
	expect(states).toEqual(["alone"]);
});

it("a panel whose agent has left leaves nothing there", () => {
	const { link, states } = linked();
	link.heard("one", "here");
	link.heard("one", "here");
	link.heard("one", "gone");
	expect(states).toEqual(["with", "left"]);
});

it("what else pages say to each other is none of it", () => {
	expect(readWindowMessage({ inlayWindow: "take", hash: "#x" })).toEqual({ inlayWindow: "take", hash: "#x" });
	for (const other of [null, "take", { inlayWindow: "steal" }, { type: "ask" }, 4])
		expect(readWindowMessage(other)).toBeUndefined();
});
