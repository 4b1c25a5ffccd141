import { signal } from "@preact/signals";
import type { KeyValue } from "../boot/storage.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import type { Workspace } from "./workspace.ts";

export const shortcutActions = ["answer", "mute", "hold", "hangUp", "status", "search"] as const;
export type ShortcutAction = (typeof shortcutActions)[number];
/** Action to combination, e.g. `Alt+Shift+A`; empty where the agent wants none. */
export type ShortcutMap = Readonly<Record<ShortcutAction, string>>;

const usual: ShortcutMap = {
	answer: "Alt+Shift+A",
	mute: "Alt+Shift+M",
	hold: "Alt+Shift+H",
	hangUp: "Alt+Shift+E",
	status: "Alt+Shift+S",
	search: "Alt+Shift+F",
};
const storageKey = "inlay.shortcuts";

/** The agent's keyboard shortcuts: what is pressed for what; kept in this browser. */
export class Shortcuts {
	readonly map = signal<ShortcutMap>(usual);
	readonly #storage: KeyValue;

	constructor(storage: KeyValue) {
		this.#storage = storage;
		this.map.value = readMap(storage.getItem(storageKey));
	}

	/** Gives an action another combination; whoever had it loses it. */
	change(action: ShortcutAction, combination: string): void {
		const others = Object.entries(this.map.peek()).map(([name, keys]) => [
			name,
			combination && keys === combination ? "" : keys,
		]);
		this.map.value = { ...(Object.fromEntries(others) as Record<ShortcutAction, string>), [action]: combination };
		this.#storage.setItem(storageKey, JSON.stringify(this.map.peek()));
	}

	reset(): void {
		this.map.value = usual;
		this.#storage.removeItem(storageKey);
	}

	/** What a key press asks for; nothing while somebody types. */
	actionOf(event: KeyboardEvent): ShortcutAction | undefined {
		if (event.repeat || isTyping(event.target)) return undefined;
		const pressed = combinationOf(event);
		return pressed ? shortcutActions.find((action) => this.map.peek()[action] === pressed) : undefined;
	}
}

/** `Ctrl+Alt+M`; undefined while only modifiers are held. */
export function combinationOf(event: KeyboardEvent): string | undefined {
	if (["Control", "Alt", "Shift", "Meta", "AltGraph", "Tab", "Escape"].includes(event.key)) return undefined;
	// With Alt, some keyboards give another character than stands on the key.
	const plain = /^[a-z0-9]$/i.test(event.key) ? event.key : event.code.replace(/^(Key|Digit)/, "");
	const modifiers = [
		event.ctrlKey && "Ctrl",
		event.altKey && "Alt",
		event.shiftKey && "Shift",
		event.metaKey && "Meta",
	].filter(Boolean);
	return [...modifiers, plain.length === 1 ? plain.toUpperCase() : plain].join("+");
}

/** Listens on a whole page, the panel's or one that it draws in; gives the way to stop. */
export function listenForShortcuts(workspace: Workspace, page: Document = document): () => void {
	const press = (event: KeyboardEvent) => {
		const action = workspace.shortcuts.actionOf(event);
		if (!action) return;
		event.preventDefault();
		perform(workspace, action);
	};
	page.addEventListener("keydown", press);
	return () => page.removeEventListener("keydown", press);
}

function perform(workspace: Workspace, action: ShortcutAction): void {
	if (action === "status") document.querySelector<HTMLElement>(".status-button")?.click();
	else if (action === "search") openSearch(workspace);
	else performOn(workspace, action, subjectOf(workspace, action));
}

function performOn(workspace: Workspace, action: CallShortcut, call: LiveInteraction | undefined): void {
	const { actions } = workspace.session;
	if (!call) return;
	if (action === "answer") void workspace.attempt(`pickup.${call.id}`, () => workspace.calls.pickUp(call));
	else if (action === "hangUp") void workspace.attempt(`disconnect.${call.id}`, () => workspace.calls.hangUp(call));
	else void workspace.tell(() => actions.toggle(call, action === "mute" ? "muted" : "held"));
}

/** What is done to a call by a key: the others are done to the panel. */
export type CallShortcut = Exclude<ShortcutAction, "status" | "search">;

/** The call that a key is for, on whose buttons alone it may stand: elsewhere it would end somebody else's call. */
export function subjectOf(
	workspace: Pick<Workspace, "alerting" | "session" | "selectedId">,
	action: CallShortcut,
): LiveInteraction | undefined {
	if (action === "answer") return workspace.alerting.value;
	const current = currentCall(workspace);
	return action === "hangUp" || isTalk(current) ? current : undefined;
}

/** Who only writes is neither muted nor held. */
function isTalk(call: LiveInteraction | undefined): call is LiveInteraction {
	return call?.state === "connected" && !isWritten(call);
}

/** The call that is talked in, else the selected one, else the one that is being dialled; never one that only rings. */
function currentCall({ session, selectedId }: Pick<Workspace, "session" | "selectedId">): LiveInteraction | undefined {
	const going = session.conversations.listed.value.filter(({ state }) =>
		["connected", "contacting", "dialing"].includes(state),
	);
	const talks = going.filter((each) => !isWritten(each));
	const those = talks.length > 0 ? talks : going;
	const selected = those.find(({ id }) => id === selectedId.value);
	return selected ?? those.find(({ held }) => !held) ?? those[0];
}

/** The field comes with the view, which may have to load. */
function openSearch(workspace: Workspace): void {
	workspace.view.value = "new-interaction";
	const find = (tries: number) => {
		const field = document.querySelector<HTMLElement>('.dial input[name="number"]');
		if (field) field.focus();
		else if (tries > 0) workspace.session.clock.after(50, () => find(tries - 1));
	};
	find(40);
}

/** Elements of another window are none of this one's classes. */
function isTyping(target: EventTarget | null): boolean {
	const { isContentEditable, tagName = "" } = (target ?? {}) as Partial<HTMLElement>;
	return isContentEditable === true || /^(INPUT|TEXTAREA|SELECT)$/.test(tagName);
}

function readMap(kept: string | null): ShortcutMap {
	try {
		const value: unknown = JSON.parse(kept ?? "");
		if (typeof value !== "object" || value === null) return usual;
		const known = Object.entries(value).filter(
			([name, keys]) => (shortcutActions as readonly string[]).includes(name) && typeof keys === "string",
		);
		return { ...usual, ...(Object.fromEntries(known) as Partial<ShortcutMap>) };
	} catch {
		return usual;
	}
}
