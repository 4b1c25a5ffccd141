import { type Screens, shows } from "../../shell/screens.tsx";
import { DomainScreen } from "./domain-screen.tsx";
import { DomainModel, EmailPlacesModel, EmailRouteModel } from "./email-models.ts";
import { EmailPlacesScreen } from "./places-screen.tsx";
import { EmailRouteScreen } from "./route-screen.tsx";

export const screens: Screens = {
	emails: shows(EmailPlacesScreen, ({ api, self }) => new EmailPlacesModel(api, self)),
	"email-domains": shows(EmailPlacesScreen, ({ api, self }) => new EmailPlacesModel(api, self)),
	"email-address": shows(EmailRouteScreen, ({ api, self, id }) => new EmailRouteModel(api, self, id)),
	"new-email-address": shows(EmailRouteScreen, ({ api, self }) => new EmailRouteModel(api, self)),
	"email-domain": shows(DomainScreen, ({ api, self, id }) => new DomainModel(api, self, id)),
	"new-email-domain": shows(DomainScreen, ({ api, self }) => new DomainModel(api, self)),
};
