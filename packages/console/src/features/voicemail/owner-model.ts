import type { Api, SeenVersion } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import type { Need } from "../../session/rights.ts";
import { isWhole } from "../recording/policy-form.ts";
import { GreetingModel } from "./greeting-model.ts";

export const groupRings = ["together", "inTurn", "none"] as const;
type GroupRing = (typeof groupRings)[number];

/** What a queue, or a group, says of its mailbox; each has its own part of it. */
export interface OwnerPolicy {
	enabled: boolean;
	whenUnstaffed?: boolean;
	inlayRing?: GroupRing;
	rotateCallsSecs?: number;
}

export interface OwnerForm {
	enabled: boolean;
	whenUnstaffed: boolean;
	ring: GroupRing;
	rotateSeconds: string;
}

/** The mailbox of a queue or a group, on its page: whether it takes messages, who rings before it answers, what it says first. */
export class OwnerVoicemail extends Edited<OwnerPolicy, OwnerForm> {
	readonly type: "queue" | "group";
	readonly greeting: GreetingModel;
	readonly #lack: () => Need | undefined;

	constructor(api: Api, type: "queue" | "group", id: string, lack: () => Need | undefined) {
		const own = `/api/inlay/v1/voicemail/${type}s/${encodeURIComponent(id)}`;
		const path = type === "queue" ? `${own}/policy` : `/api/v2/voicemail/groups/${encodeURIComponent(id)}/policy`;
		const seen: SeenVersion = {};
		super({
			formOf,
			problemsOf,
			read: () => api.request("GET", path, undefined, seen),
			save: (form) => api.request(type === "queue" ? "PUT" : "PATCH", path, bodyOf(type, form), seen),
		});
		this.type = type;
		this.#lack = lack;
		this.greeting = new GreetingModel(api, type, id);
	}

	get lack(): Need | undefined {
		return this.#lack();
	}
}

function formOf({
	enabled,
	whenUnstaffed = false,
	inlayRing = "together",
	rotateCallsSecs = 20,
}: OwnerPolicy): OwnerForm {
	return { enabled, whenUnstaffed, ring: inlayRing, rotateSeconds: String(rotateCallsSecs) };
}

function bodyOf(type: "queue" | "group", { enabled, whenUnstaffed, ring, rotateSeconds }: OwnerForm): OwnerPolicy {
	if (type === "queue") return { enabled, whenUnstaffed };
	return { enabled, inlayRing: ring, rotateCallsSecs: Number(rotateSeconds) };
}

function problemsOf({ rotateSeconds }: OwnerForm): Set<keyof OwnerForm> {
	return new Set(isWhole(rotateSeconds, 5, 60) ? [] : ["rotateSeconds"]);
}
