import type { Workspace } from "../../shell/workspace.ts";
import type { Subject } from "./schedule-model.ts";

/** Where what is typed into a form about a callback is kept until it is saved. */
export interface Draft {
	/** It is on the agent's desk, with the interaction that it is about; else it lasts as long as the panel. */
	isOfInteraction: boolean;
	read(): unknown;
	/** @param value null where nothing is to be kept any more */
	write(value: object | null): void;
}

/** Of the agent's desk. */
const section = "callback";
const drafts = new WeakMap<Workspace, Map<string, object>>();

export function draftOf(workspace: Workspace, { call, past, moving, whom }: Subject): Draft {
	const { desk } = workspace.session;
	const id = call?.id ?? past?.id;
	if (id)
		return {
			isOfInteraction: true,
			read: () => desk.read(id, section),
			write: (value) => desk.write(id, section, value),
		};
	const typed = drafts.get(workspace) ?? new Map<string, object>();
	drafts.set(workspace, typed);
	const key = moving?.id ?? whom?.number ?? "";
	return {
		isOfInteraction: false,
		read: () => typed.get(key),
		write: (value) => (value ? void typed.set(key, value) : void typed.delete(key)),
	};
}
