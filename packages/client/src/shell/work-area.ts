import { locale } from "@inlay/ui";
import { effect, signal } from "@preact/signals";
import {
	ownSiblings,
	panelIsHere,
	type WorkAreaEdit,
	type WorkAreaState,
	workAreaAsks,
} from "../boot/work-area-link.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Shows the selected interaction in the second frame that host pages may have (framework-contract 1): what is typed there is
 * typed here. The frame holds no token and asks no server. Returns the way to stop.
 */
export function offerWorkArea(workspace: Workspace, here: Window = window): () => void {
	const ports = new Set<MessagePort>();
	let posted = "";
	const post = () => {
		const state = stateOf(workspace);
		const now = JSON.stringify(state);
		if (now === posted) return;
		posted = now;
		for (const port of ports) port.postMessage(state);
	};
	const { store } = workspace.runtime.callLogs;
	const logs = signal(0);
	const follow = store.subscribe(() => logs.value++);
	const listen = (event: Event) => {
		const port: unknown = (event as CustomEvent).detail;
		if (!isPort(port)) return;
		ports.add(port);
		port.onmessage = ({ data }: MessageEvent<WorkAreaEdit>) => write(workspace, data);
		port.postMessage(stateOf(workspace));
	};
	here.addEventListener(workAreaAsks, listen);
	const stop = effect(() => {
		// Whatever it shows may have changed; scripts' interactions follow the conversations a moment later.
		void [logs.value, workspace.selected.value, workspace.session.conversations.sources.value];
		void [workspace.session.now.value, locale.value];
		queueMicrotask(post);
	});
	for (const frame of ownSiblings(here)) frame.dispatchEvent(new CustomEvent(panelIsHere));
	return () => {
		stop();
		follow();
		here.removeEventListener(workAreaAsks, listen);
		for (const port of ports) port.postMessage(nothing());
	};
}

function stateOf(workspace: Workspace): WorkAreaState {
	const call = workspace.selected.peek();
	const { callLogs } = workspace.runtime;
	const interaction = call && workspace.runtime.interactions().find(({ id }) => id === call.id);
	if (!call || !interaction) return nothing();
	return {
		interaction,
		name: workspace.nameOf(call),
		number: workspace.numbers.show(call.remoteAddress),
		notes: callLogs.store.get(call.id)?.notes ?? "",
		areSaved: callLogs.areSaved,
		language: locale.peek(),
	};
}

function nothing(): WorkAreaState {
	return { notes: "", areSaved: false, language: locale.peek() };
}

function write(workspace: Workspace, { interactionId, notes }: WorkAreaEdit): void {
	const isKnown = workspace.session.conversations.find(interactionId) !== undefined;
	if (isKnown && typeof notes === "string") workspace.runtime.callLogs.setNotes(interactionId, notes);
}

/** It comes out of another frame, with that frame's own classes. */
function isPort(value: unknown): value is MessagePort {
	return typeof value === "object" && value !== null && "postMessage" in value;
}
