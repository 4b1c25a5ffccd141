import { type Screens, shows } from "../../shell/screens.tsx";
import { HostsModel } from "./hosts-model.ts";
import { HostsScreen } from "./hosts-screen.tsx";
import { ServiceModel, ServicesModel } from "./service-model.ts";
import { ServiceScreen } from "./service-screen.tsx";
import { ServicesScreen } from "./services-screen.tsx";

export const screens: Screens = {
	"web-services": shows(ServicesScreen, ({ api }) => new ServicesModel(api)),
	"web-service": shows(ServiceScreen, ({ api, self, id }) => new ServiceModel(api, self, id)),
	"new-web-service": shows(ServiceScreen, ({ api, self }) => new ServiceModel(api, self)),
	"script-hosts": shows(HostsScreen, ({ api }) => new HostsModel(api)),
};
