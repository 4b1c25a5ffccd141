import { type Screens, shows } from "../../shell/screens.tsx";
import { AuditModel } from "./audit-model.ts";
import { AuditScreen } from "./audit-screen.tsx";

export const screens: Screens = {
	audit: shows(AuditScreen, ({ api }) => new AuditModel(api)),
};
