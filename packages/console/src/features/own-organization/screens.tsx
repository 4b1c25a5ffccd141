import { type Screens, shows } from "../../shell/screens.tsx";
import { OwnOrganizationModel } from "./organization-model.ts";
import { OwnOrganizationScreen } from "./organization-screen.tsx";

export const screens: Screens = {
	"own-organization": shows(OwnOrganizationScreen, ({ api }) => new OwnOrganizationModel(api)),
};
