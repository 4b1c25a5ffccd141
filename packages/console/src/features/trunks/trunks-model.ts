import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import type { Trunk } from "./trunk-form.ts";
import { trunksPath } from "./trunk-model.ts";

/** All lines to the outside, each with how it stands. */
export class TrunksModel {
	readonly trunks: Loaded<Trunk[]>;

	constructor(api: Api) {
		this.trunks = new Loaded(() => listAll<Trunk>(api, trunksPath));
	}
}
