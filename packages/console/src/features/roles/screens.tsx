import { type Screens, shows } from "../../shell/screens.tsx";
import { RoleModel } from "./role-model.ts";
import { RoleScreen } from "./role-screen.tsx";
import { RolesModel } from "./roles-model.ts";
import { RolesScreen } from "./roles-screen.tsx";

export const screens: Screens = {
	roles: shows(RolesScreen, ({ api }) => new RolesModel(api)),
	role: shows(RoleScreen, ({ api, self, id }) => new RoleModel(api, self, id)),
	"new-role": shows(RoleScreen, ({ api, self }) => new RoleModel(api, self)),
};
