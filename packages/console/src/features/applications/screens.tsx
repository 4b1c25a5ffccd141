import { type Screens, shows } from "../../shell/screens.tsx";
import { ApplicationScreen } from "./application-screen.tsx";
import { ApplicationModel, ApplicationsModel } from "./applications-model.ts";
import { ApplicationsScreen } from "./applications-screen.tsx";

export const screens: Screens = {
	applications: shows(ApplicationsScreen, ({ api }) => new ApplicationsModel(api)),
	application: shows(ApplicationScreen, ({ api, self, id }) => new ApplicationModel(api, self, id)),
};
