import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import type { BroughtFiles } from "./brought-files.ts";
import { type WritingPlace, writingPlaces } from "./place.ts";
import type { SendGate } from "./send-gate.ts";

export interface ResponseAidProps {
	workspace: Workspace;
	call: LiveInteraction;
	medium: "message" | "email";
	place: WritingPlace;
	gate: SendGate;
	/** What stands there now. */
	text: string;
	/** Files of responses that wait to be sent with it, where the composer does not show its own. */
	brought?: BroughtFiles;
}

/** Both are asked for (framework-contract 15). */
export function offersResponses(workspace: Pick<Workspace, "can">): boolean {
	return workspace.can("responses:response:view") && workspace.can("responses:library:view");
}

/** Responses beside a composer: a button, what `/` finds, and what is still to be filled in. Nothing without the right. */
export function ResponseAid(props: ResponseAidProps) {
	const [Aid, setAid] = useState<ComponentType<ResponseAidProps>>();
	const { workspace, call, place } = props;
	const may = offersResponses(workspace);
	useEffect(() => {
		if (may) void import("./aid-view.tsx").then((module) => setAid(() => module.AidView));
	}, [may]);
	useEffect(() => writingPlaces.keep(call.id, place), [call.id, place]);
	return may && Aid ? <Aid {...props} /> : null;
}
