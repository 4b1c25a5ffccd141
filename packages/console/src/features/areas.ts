import { accountArea } from "./account/area.ts";
import { applicationsArea } from "./applications/area.ts";
import { auditArea } from "./audit/area.ts";
import { callingRulesArea } from "./callbacks/area.ts";
import { clientsArea } from "./clients/area.ts";
import { callRulesArea } from "./consults/area.ts";
import { contactImportArea, contactsArea, organizationsArea } from "./contacts/area.ts";
import { deploymentsArea } from "./deployments/area.ts";
import { divisionsArea } from "./divisions/area.ts";
import { emailDomainsArea, emailsArea } from "./email/area.ts";
import { explorerArea } from "./explorer/area.ts";
import { forwardingArea } from "./forwarding/area.ts";
import { healthArea } from "./health/area.ts";
import { homeArea } from "./home/area.ts";
import { locationsArea } from "./locations/area.ts";
import { messagesArea } from "./messages/area.ts";
import { numbersArea } from "./numbers/area.ts";
import { outboundArea } from "./outbound/area.ts";
import { ownOrganizationArea } from "./own-organization/area.ts";
import { groupsArea, peopleArea, peopleImportArea } from "./people/area.ts";
import { qualityArea } from "./quality/area.ts";
import { queuesArea } from "./queues/area.ts";
import { recordingArea } from "./recording/area.ts";
import { librariesArea, responseFilesArea, responsesArea } from "./responses/area.ts";
import { rolesArea } from "./roles/area.ts";
import { routingArea } from "./routing/area.ts";
import { scriptsArea } from "./scripts/area.ts";
import { signInRulesArea } from "./sign-in/area.ts";
import { singleSignOnArea } from "./single-sign-on/area.ts";
import { statusesArea } from "./statuses/area.ts";
import { trunksArea } from "./trunks/area.ts";
import { greetingsArea, voicemailArea } from "./voicemail/area.ts";
import { scriptHostsArea, webServicesArea } from "./web-services/area.ts";
import { wrapupCodesArea } from "./wrapup-codes/area.ts";

/** All that the console has, in the order of its navigation; the first one opens where no other is asked for. */
export const areas = [
	homeArea,
	healthArea,
	deploymentsArea,
	clientsArea,
	applicationsArea,
	peopleArea,
	peopleImportArea,
	groupsArea,
	rolesArea,
	locationsArea,
	divisionsArea,
	explorerArea,
	statusesArea,
	ownOrganizationArea,
	signInRulesArea,
	singleSignOnArea,
	queuesArea,
	wrapupCodesArea,
	routingArea,
	scriptsArea,
	webServicesArea,
	scriptHostsArea,
	responsesArea,
	responseFilesArea,
	contactsArea,
	contactImportArea,
	organizationsArea,
	emailsArea,
	messagesArea,
	outboundArea,
	callingRulesArea,
	numbersArea,
	trunksArea,
	recordingArea,
	callRulesArea,
	forwardingArea,
	voicemailArea,
	greetingsArea,
	qualityArea,
	librariesArea,
	emailDomainsArea,
	auditArea,
	accountArea,
] as const;
