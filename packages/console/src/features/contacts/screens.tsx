import { type Screens, shows } from "../../shell/screens.tsx";
import { ContactModel, ContactsModel } from "./contact-model.ts";
import { ContactScreen } from "./contact-screen.tsx";
import { ContactsScreen } from "./contacts-screen.tsx";
import { ContactImportModel } from "./import-model.ts";
import { ContactImportScreen } from "./import-screen.tsx";

export const screens: Screens = {
	contacts: shows(ContactsScreen, ({ api, self }) => new ContactsModel(api, self)),
	"contacts-import": shows(ContactImportScreen, ({ api }) => new ContactImportModel(api)),
	contact: shows(ContactScreen, ({ api, self, id }) => new ContactModel(api, self, id)),
	"new-contact": shows(ContactScreen, ({ api, self }) => new ContactModel(api, self)),
};
