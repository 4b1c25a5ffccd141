import { type Screens, shows } from "../../shell/screens.tsx";
import { OrganizationModel, OrganizationsModel } from "./organization-model.ts";
import { OrganizationScreen } from "./organization-screen.tsx";
import { OrganizationsScreen } from "./organizations-screen.tsx";

export const screens: Screens = {
	organizations: shows(OrganizationsScreen, ({ api }) => new OrganizationsModel(api)),
	organization: shows(OrganizationScreen, ({ api, self, id }) => new OrganizationModel(api, self, id)),
	"new-organization": shows(OrganizationScreen, ({ api, self }) => new OrganizationModel(api, self)),
};
