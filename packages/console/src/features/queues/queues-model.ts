import { type Api, listAll, type SeenVersion } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { DivisionMove } from "../../session/division-move.ts";
import { Loaded } from "../../session/load.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { NewPlace } from "../../session/new-place.ts";
import { OneThing } from "../../session/one-thing.ts";
import { Paged } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import { OwnerVoicemail } from "../voicemail/owner-model.ts";
import { QueueCodes } from "./queue-codes.ts";
import { newQueue, type QueueForm, type QueueThing, queueBodyOf, queueFormOf, queueProblems } from "./queue-form.ts";
import { QueueMembers } from "./queue-members.ts";

const base = "/api/v2/routing/queues";
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** All queues that one may see, by name. */
export class QueuesModel {
	readonly queues: Paged<QueueThing>;

	constructor(api: Api) {
		this.queues = new Paged<QueueThing>(({ text, number, size }) => {
			const name = text === "" ? "" : `&name=${encodeURIComponent(`*${text}*`)}`;
			return api.request("GET", `${base}?pageSize=${size}&pageNumber=${number}${name}`);
		});
	}
}

/** A script, as the list of all has it. */
export interface ScriptName {
	id: string;
	name: string;
	publishedDate?: string;
}

/** A skill that customers may be asked for. */
export interface NamedSkill {
	id: string;
	name: string;
}

/** A utilization label. */
export interface NamedLabel {
	id: string;
	name: string;
}

const deeds = { add: needs.addQueue, edit: needs.editQueue, delete: needs.deleteQueue };

/** One queue, new or existing. */
export class QueueModel extends OneThing<QueueThing, QueueForm> {
	/** Who works in it; nobody works in one that is new. */
	readonly members: QueueMembers | undefined;

	/** What agents may say afterwards; absent for a new one. */
	readonly codes: QueueCodes | undefined;

	/** Where it is made; absent for an existing one. */
	readonly place: NewPlace | undefined;
	/** Absent for a new one. */
	readonly moving: DivisionMove | undefined;

	/** That can be shown; none to who may not see scripts. */
	readonly scripts: Loaded<readonly ScriptName[]>;

	/** By which utilization tells interactions apart; none to who may not see them. */
	readonly labels: Loaded<readonly NamedLabel[]>;

	/** That its rings may ask for no longer; none to who may not see them. */
	readonly skills: Loaded<readonly NamedSkill[]>;

	/** Where callers who wait leave messages; absent for a new one. */
	readonly voicemail: OwnerVoicemail | undefined;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const seen: SeenVersion = {};
		const place = id === undefined ? new NewPlace(api, self, deeds.add) : undefined;
		super(id, {
			fresh: () => newQueue,
			formOf: queueFormOf,
			problemsOf: queueProblems,
			read: (wanted) => api.request("GET", pathOf(wanted), undefined, seen),
			add: (form) => api.request("POST", base, { ...queueBodyOf(form), ...place?.body }),
			change: (of, form) => api.request("PUT", pathOf(of), queueBodyOf(form), seen),
			remove: (of) => api.request("DELETE", pathOf(of)),
			lack: (deed, queue) => self.rights.value.lack(inDivision(deeds[deed], queue?.division?.id)),
		});
		this.scripts = new Loaded(async () =>
			self.rights.peek().may(needs.viewScripts) ? listAll<ScriptName>(api, "/api/v2/scripts") : [],
		);
		this.labels = new Loaded(async () =>
			self.rights.peek().may(needs.viewUtilization)
				? (await listAll<NamedLabel>(api, "/api/v2/routing/utilization/labels")).sort(byName)
				: [],
		);
		this.skills = new Loaded(async () =>
			self.rights.peek().may(needs.viewSkills)
				? (await listAll<NamedSkill>(api, "/api/v2/routing/skills")).sort(byName)
				: [],
		);
		this.voicemail = id === undefined ? undefined : new OwnerVoicemail(api, "queue", id, () => this.lack);
		this.place = place;
		this.moving = id === undefined ? undefined : new DivisionMove(api, "QUEUE", id, () => this.loaded.load());
		this.codes = id === undefined ? undefined : new QueueCodes(api, self, pathOf(id));
		this.members = id === undefined ? undefined : new QueueMembers(api, pathOf(id));
	}
}
