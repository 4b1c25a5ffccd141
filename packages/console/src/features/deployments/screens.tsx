import { type Screens, shows } from "../../shell/screens.tsx";
import { DeploymentModel } from "./deployment-model.ts";
import { DeploymentScreen } from "./deployment-screen.tsx";
import { DeploymentsModel } from "./deployments-model.ts";
import { DeploymentCatalogue, DeploymentsScreen } from "./deployments-screen.tsx";

export const screens: Screens = {
	deployments: shows(DeploymentsScreen, ({ api, self, panel }) => new DeploymentsModel(api, self, panel.url)),
	"new-deployment": shows(DeploymentCatalogue, ({ api, self, panel }) => new DeploymentsModel(api, self, panel.url)),
	deployment: shows(
		DeploymentScreen,
		({ api, self, panel, store, id }) => new DeploymentModel(api, id, self, panel, store),
	),
};
