import type { Api } from "../../session/api.ts";
import { AbilitiesModel } from "./abilities.ts";
import { DecisionsModel } from "./decisions.ts";
import { UtilizationModel } from "./utilization-model.ts";

/** The screen: each part reads for itself. */
export class RoutingModel {
	readonly skills: AbilitiesModel;
	readonly languages: AbilitiesModel;
	readonly labels: AbilitiesModel;
	readonly utilization: UtilizationModel;
	readonly decisions: DecisionsModel;

	constructor(api: Api) {
		this.skills = new AbilitiesModel(api, "skill");
		this.languages = new AbilitiesModel(api, "language");
		this.utilization = new UtilizationModel(api);
		this.labels = new AbilitiesModel(api, "label", () => this.utilization.loaded.load());
		this.decisions = new DecisionsModel(api);
	}
}
