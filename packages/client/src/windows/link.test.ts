import { expect, it } from "vitest";
import { readWindowMessage, WindowLink, type WindowMessage } from "./link.ts";
import type { WindowOwner } from "./owner.ts";

const nobody: WindowOwner = { deployment: "", agent: "" };
const ann = { deployment: "d", agent: "ann" };

function linked(hash?: string, isClosed = () => false, owner = nobody) {
	const sent: string[] = [];
	const states: string[] = [];
	const pages = ["one", "other"];
	let unread = hash;
	const link = new WindowLink<string>({
		kind: "interaction",
		owner,
		panels: () => pages,
		send: (page, { inlayWindow, panel, hash }) =>
			sent.push([page, inlayWindow, panel && `of ${panel}`, hash].filter(Boolean).join(" ")),
		owned: (panel) => states.push(`of ${panel}`),
		show: (state) => states.push(state),
		isClosed,
		giveUp: () => states.push("given up"),
		hash: () => {
			const now = unread;
			unread = undefined;
			return now;
		},
	});
	/** As a panel says it. */
	const hear = (from: string, inlayWindow: WindowMessage["inlayWindow"], by: WindowOwner = ann) =>
		link.heard(from, { ...by, inlayWindow, kind: "interaction" });
	return { link, sent, states, pages, hear };
}

it("the first panel that answers has the window, and no other one", () => {
	const { link, sent, states, hear } = linked("#wish");
	link.ask();
	expect(sent.splice(0)).toEqual(["one ask", "other ask"]);
	hear("other", "here");
	expect(sent.splice(0), "what the address asks for is asked once").toEqual(["other take #wish"]);
	hear("one", "here");
	hear("one", "gone");
	hear("other", "here");
	expect(states).toEqual(["with"]);
	link.ask();
	expect(sent).toEqual(["other take"]);
});

it("a panel that is loaded anew finds its window again", () => {
	const { link, sent, states, hear } = linked();
	hear("one", "here");
	hear("one", "here");
	hear("one", "going");
	expect(states.splice(0)).toEqual(["with", "waiting"]);
	sent.length = 0;
	link.ask();
	expect(sent).toEqual(["one ask", "other ask"]);
	hear("one", "here");
	hear("one", "here");
	expect(states).toEqual(["with"]);
});

it("a panel that says nothing any more is waited for, and given up after a minute", () => {
	const { link, states, hear } = linked();
	hear("one", "here");
	hear("one", "here");
	for (let second = 0; second < 4; second++) link.ask();
	expect(states.splice(0)).toEqual(["with", "waiting"]);
	for (let second = 4; second < 60; second++) link.ask();
	expect(states).toEqual(["given up"]);
});

it("a window that outlived its panel said that nothing was selected: it says that the panel is closed", () => {
	let isClosed = false;
	const { link, states, hear } = linked(undefined, () => isClosed);
	hear("one", "here");
	hear("one", "here");
	hear("one", "going");
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
	const { states, hear } = linked();
	hear("one", "here");
	hear("one", "here");
	hear("one", "gone");
	expect(states).toEqual(["with", "left"]);
});

it("another panel of the page, of another deployment or agent, drew in the window of the one that had opened it", () => {
	const { link, sent, states, hear } = linked(undefined, undefined, { ...ann, panel: "p-1" });
	link.ask();
	expect(sent.splice(0)).toEqual(["one ask of p-1", "other ask of p-1"]);
	hear("one", "here", { deployment: "d-2", agent: "ann", panel: "p-9" });
	hear("one", "here", { deployment: "d", agent: "ben", panel: "p-9" });
	hear("one", "here", { ...ann, panel: "p-2" });
	expect(sent).toEqual([]);
	hear("other", "here", { ...ann, panel: "p-1" });
	hear("other", "here", { ...ann, panel: "p-1" });
	expect([sent, states]).toEqual([["other take of p-1"], ["with"]]);
});

it("another of the agent's panels may take it once its own is silent, not before, and is asked from then on", () => {
	const { link, sent, states, pages, hear } = linked(undefined, undefined, { ...ann, panel: "p-1" });
	hear("one", "here", { ...ann, panel: "p-1" });
	hear("one", "here", { ...ann, panel: "p-1" });
	// The page around is loaded anew: another frame, whose name is lost.
	pages.splice(0, 2, "new");
	sent.length = 0;
	link.ask();
	expect(sent.splice(0), "at once, as its own page is no more").toEqual(["new ask of p-1"]);
	hear("new", "here", { ...ann, panel: "p-2" });
	link.ask();
	hear("new", "here", { ...ann, panel: "p-2" });
	expect(sent.splice(0)).toEqual(["new ask", "new take"]);
	hear("new", "here", { ...ann, panel: "p-2" });
	link.ask();
	expect([sent, states]).toEqual([["new take of p-2"], ["with", "waiting", "of p-2", "with"]]);
});

it("the host's own frame is the next agent's once one has left", () => {
	const { link, states, hear } = linked();
	for (const agent of ["ann", "ben"]) {
		link.ask();
		for (let twice = 0; twice < 2; twice++) hear("one", "here", { deployment: "d", agent, panel: agent });
		hear("one", "gone");
	}
	expect(states).toEqual(["of ann", "with", "left", "of ben", "with", "left"]);
});

it("what else pages say to each other is none of it", () => {
	const message = { inlayWindow: "take", kind: "phone", deployment: "d", agent: "a" };
	expect(readWindowMessage({ ...message, hash: "#x", more: 1 })).toEqual({ ...message, hash: "#x" });
	for (const other of [
		null,
		"take",
		{ ...message, inlayWindow: "steal" },
		{ ...message, kind: "tv" },
		{ type: "ask" },
		4,
	])
		expect(readWindowMessage(other)).toBeUndefined();
	expect(readWindowMessage({ inlayWindow: "take", kind: "phone", agent: "a" })).toBeUndefined();
});
