import type { Api } from "../session/api.ts";
import type { Self } from "../session/self.ts";
import type { KeyValue } from "../session/sign-in.ts";
import type { PanelPlace } from "../session/wire.ts";
import { AccountModel } from "./account/account-model.ts";
import { ApplicationModel, ApplicationsModel } from "./applications/applications-model.ts";
import { CallingRulesModel } from "./callbacks/rules-model.ts";
import { ClientModel } from "./clients/client-model.ts";
import { ClientsModel } from "./clients/clients-model.ts";
import { RulesModel } from "./consults/rules-model.ts";
import { ContactModel, ContactsModel } from "./contacts/contact-model.ts";
import { DeploymentModel } from "./deployments/deployment-model.ts";
import { DeploymentsModel } from "./deployments/deployments-model.ts";
import { DomainModel, EmailPlacesModel, EmailRouteModel } from "./email/email-models.ts";
import { LimitsModel } from "./forwarding/limits-model.ts";
import { AddressesModel, AddressModel } from "./messages/address-model.ts";
import { NumberModel } from "./numbers/number-model.ts";
import { NumbersModel } from "./numbers/numbers-model.ts";
import { readPlace } from "./outbound/kind-names.ts";
import { OutboundModel } from "./outbound/outbound-model.ts";
import { OutboundThingModel } from "./outbound/thing-model.ts";
import { GroupModel } from "./people/group-model.ts";
import { GroupsModel } from "./people/groups-model.ts";
import { NewPersonModel } from "./people/new-person-model.ts";
import { PeopleModel } from "./people/people-model.ts";
import { PersonModel } from "./people/person-model.ts";
import { QualityModel } from "./quality/quality-model.ts";
import { QueueModel, QueuesModel } from "./queues/queues-model.ts";
import { PoliciesModel } from "./recording/policies-model.ts";
import { PolicyModel } from "./recording/policy-model.ts";
import { LibrariesModel, LibraryModel, ResponseModel, ResponsesModel } from "./responses/response-model.ts";
import { RoleModel } from "./roles/role-model.ts";
import { RolesModel } from "./roles/roles-model.ts";
import { RoutingModel } from "./routing/routing-model.ts";
import { ScriptModel, ScriptsModel } from "./scripts/scripts-model.ts";
import { SignInRulesModel } from "./sign-in/sign-in-rules-model.ts";
import { StatusModel } from "./statuses/status-model.ts";
import { StatusesModel } from "./statuses/statuses-model.ts";
import { VoicemailPolicyModel } from "./voicemail/policy-model.ts";

/** Makes the view-model of each screen; one lives as long as its screen is shown. */
export class Administration {
	readonly #api: Api;
	readonly #self: Self;
	readonly #panel: PanelPlace;
	readonly #store: KeyValue;
	#current: { key: string; model: unknown } | undefined;

	constructor(api: Api, self: Self, panel: PanelPlace, store: KeyValue) {
		this.#api = api;
		this.#self = self;
		this.#panel = panel;
		this.#store = store;
	}

	deployments(): DeploymentsModel {
		return this.#once("deployments", () => new DeploymentsModel(this.#api));
	}

	deployment(id: string): DeploymentModel {
		return this.#once(
			`deployment/${id}`,
			() => new DeploymentModel(this.#api, id, this.#self, this.#panel, this.#store),
		);
	}

	clients(): ClientsModel {
		return this.#once("clients", () => new ClientsModel(this.#api));
	}

	client(id: string): ClientModel {
		this.#adopt(`client/${id}`, (model) => model instanceof ClientModel && model.id.peek() === id);
		return this.#once(`client/${id}`, () => new ClientModel(this.#api, this.#panel.url, this.#self, id));
	}

	newClient(): ClientModel {
		return this.#once("client", () => new ClientModel(this.#api, this.#panel.url, this.#self));
	}

	applications(): ApplicationsModel {
		return this.#once("applications", () => new ApplicationsModel(this.#api));
	}

	application(id: string): ApplicationModel {
		return this.#once(`application/${id}`, () => new ApplicationModel(this.#api, this.#self, id));
	}

	people(): PeopleModel {
		return this.#once("people", () => new PeopleModel(this.#api));
	}

	person(id: string): PersonModel {
		return this.#once(`person/${id}`, () => new PersonModel(this.#api, id, this.#self));
	}

	newPerson(): NewPersonModel {
		return this.#once("person", () => new NewPersonModel(this.#api, this.#self));
	}

	groups(): GroupsModel {
		return this.#once("groups", () => new GroupsModel(this.#api));
	}

	group(id: string): GroupModel {
		return this.#once(`group/${id}`, () => new GroupModel(this.#api, id, this.#self));
	}

	roles(): RolesModel {
		return this.#once("roles", () => new RolesModel(this.#api));
	}

	role(id: string): RoleModel {
		return this.#once(`role/${id}`, () => new RoleModel(this.#api, this.#self, id));
	}

	newRole(): RoleModel {
		return this.#once("role", () => new RoleModel(this.#api, this.#self));
	}

	statuses(): StatusesModel {
		return this.#once("statuses", () => new StatusesModel(this.#api));
	}

	status(id: string): StatusModel {
		return this.#once(`status/${id}`, () => new StatusModel(this.#api, this.#self, id));
	}

	newStatus(): StatusModel {
		return this.#once("status", () => new StatusModel(this.#api, this.#self));
	}

	voicemailPolicy(): VoicemailPolicyModel {
		return this.#once("voicemail", () => new VoicemailPolicyModel(this.#api, this.#self));
	}

	callRules(): RulesModel {
		return this.#once("calls", () => new RulesModel(this.#api));
	}

	callingRules(): CallingRulesModel {
		return this.#once("calling", () => new CallingRulesModel(this.#api));
	}

	forwardingLimits(): LimitsModel {
		return this.#once("forwarding", () => new LimitsModel(this.#api));
	}

	queues(): QueuesModel {
		return this.#once("queues", () => new QueuesModel(this.#api));
	}

	queue(id: string): QueueModel {
		return this.#once(`queue/${id}`, () => new QueueModel(this.#api, this.#self, id));
	}

	newQueue(): QueueModel {
		return this.#once("queue", () => new QueueModel(this.#api, this.#self));
	}

	recordingPolicies(): PoliciesModel {
		return this.#once("recording", () => new PoliciesModel(this.#api));
	}

	recordingPolicy(id: string): PolicyModel {
		return this.#once(`recording/${id}`, () => new PolicyModel(this.#api, this.#self, id));
	}

	newRecordingPolicy(): PolicyModel {
		return this.#once("recording-policy", () => new PolicyModel(this.#api, this.#self));
	}

	outbound(): OutboundModel {
		return this.#once("outbound", () => new OutboundModel(this.#api, this.#self));
	}

	outboundThing(place: string): OutboundThingModel {
		const { kind, id } = readPlace(place);
		const known = id === "new" ? undefined : id;
		return this.#once(`outbound/${kind}/${id}`, () => new OutboundThingModel(this.#api, this.#self, kind, known));
	}

	numbers(): NumbersModel {
		return this.#once("numbers", () => new NumbersModel(this.#api, this.#self));
	}

	number(id: string): NumberModel {
		return this.#once(`number/${id}`, () => new NumberModel(this.#api, this.#self, id));
	}

	newNumber(): NumberModel {
		return this.#once("number", () => new NumberModel(this.#api, this.#self));
	}

	contacts(): ContactsModel {
		return this.#once("contacts", () => new ContactsModel(this.#api));
	}

	contact(id: string): ContactModel {
		return this.#once(`contact/${id}`, () => new ContactModel(this.#api, this.#self, id));
	}

	newContact(): ContactModel {
		return this.#once("contact", () => new ContactModel(this.#api, this.#self));
	}

	scripts(): ScriptsModel {
		return this.#once("scripts", () => new ScriptsModel(this.#api));
	}

	script(id: string): ScriptModel {
		return this.#once(`script/${id}`, () => new ScriptModel(this.#api, this.#self, id));
	}

	newScript(): ScriptModel {
		return this.#once("script", () => new ScriptModel(this.#api, this.#self));
	}

	responses(): ResponsesModel {
		return this.#once("responses", () => new ResponsesModel(this.#api));
	}

	response(id: string): ResponseModel {
		return this.#once(`response/${id}`, () => new ResponseModel(this.#api, this.#self, id));
	}

	newResponse(): ResponseModel {
		return this.#once("response", () => new ResponseModel(this.#api, this.#self));
	}

	libraries(): LibrariesModel {
		return this.#once("libraries", () => new LibrariesModel(this.#api));
	}

	library(id: string): LibraryModel {
		return this.#once(`library/${id}`, () => new LibraryModel(this.#api, this.#self, id));
	}

	newLibrary(): LibraryModel {
		return this.#once("library", () => new LibraryModel(this.#api, this.#self));
	}

	messageAddresses(): AddressesModel {
		return this.#once("messages", () => new AddressesModel(this.#api, this.#self));
	}

	messageAddress(id: string): AddressModel {
		return this.#once(`message/${id}`, () => new AddressModel(this.#api, this.#self, id));
	}

	newMessageAddress(): AddressModel {
		return this.#once("message", () => new AddressModel(this.#api, this.#self));
	}

	emailPlaces(): EmailPlacesModel {
		return this.#once("emails", () => new EmailPlacesModel(this.#api, this.#self));
	}

	emailRoute(place: string): EmailRouteModel {
		return this.#once(`email-address/${place}`, () => new EmailRouteModel(this.#api, this.#self, place));
	}

	newEmailRoute(): EmailRouteModel {
		return this.#once("email-address", () => new EmailRouteModel(this.#api, this.#self));
	}

	emailDomain(id: string): DomainModel {
		return this.#once(`email-domain/${id}`, () => new DomainModel(this.#api, this.#self, id));
	}

	newEmailDomain(): DomainModel {
		return this.#once("email-domain", () => new DomainModel(this.#api, this.#self));
	}

	routing(): RoutingModel {
		return this.#once("routing", () => new RoutingModel(this.#api));
	}

	quality(): QualityModel {
		return this.#once("quality", () => new QualityModel(this.#api));
	}

	signInRules(): SignInRulesModel {
		return this.#once("sign-in", () => new SignInRulesModel(this.#api));
	}

	account(): AccountModel {
		return this.#once("account", () => new AccountModel(this.#api, this.#self.id));
	}

	/** What was just made on this screen goes on under its own address, with what is told only once. */
	#adopt(key: string, isIt: (model: unknown) => boolean): void {
		if (this.#current && isIt(this.#current.model)) this.#current.key = key;
	}

	#once<T>(key: string, make: () => T): T {
		if (this.#current?.key !== key) this.#current = { key, model: make() };
		return this.#current.model as T;
	}
}
