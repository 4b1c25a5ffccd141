import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import type { OutboundThing } from "./kind.ts";
import { type KindName, kindNames } from "./kind-names.ts";
import { kinds } from "./kinds.ts";
import { MappingModel } from "./mapping-model.ts";

/** The lists of each kind that one may see, and what wrap-up codes mean. */
export class OutboundModel {
	readonly lists: ReadonlyArray<{ kind: KindName; things: Loaded<OutboundThing[]> }>;
	/** Absent where one may not see it. */
	readonly mapping: MappingModel | undefined;

	constructor(api: Api, self: Self) {
		const rights = self.rights.peek();
		const seen = kindNames.filter((kind) => rights.may(kinds[kind].view));
		this.lists = seen.map((kind) => ({
			kind,
			things: new Loaded(() => listAll<OutboundThing>(api, kinds[kind].path)),
		}));
		if (rights.may(needs.viewWrapupMapping)) this.mapping = new MappingModel(api, self);
	}
}
