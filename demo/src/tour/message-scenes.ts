import { randomUUID } from "node:crypto";
import { mailing, simulatedMailbox, simulatedPhone, texting } from "../facts.ts";
import type { Scene, Stage } from "./stage.ts";

async function carolWrites({ phone, queue }: Stage): Promise<string> {
	const isSent = await phone.write(undefined, "Hello, when will my order 4217 be here?", randomUUID());
	if (!isSent) return "There is no number for texts any more: add one in the administration, Messages.";
	return `${simulatedPhone.owner} has written to ${texting.number}. Whoever is On Queue in ${queue.name} is offered it.`;
}

async function carolMails({ mailbox, queue }: Stage): Promise<string> {
	const subject = "My order 4217";
	const isSent = await mailbox.write({ subject, text: "Hello,\n\nwhen will it be here?\n\nCarol", key: randomUUID() });
	if (!isSent) return "There is no address for emails any more: add one in the administration, Email.";
	return `${simulatedMailbox.owner} has written to ${mailing.address}. Whoever is On Queue in ${queue.name} is offered it.`;
}

/** Customers who write. */
export const messageScenes: readonly Scene[] = [
	{
		id: "message",
		title: "A text from Carol arrives",
		first: "Have Anna On Queue. Open /phone on this server in a tab: that is Carol’s phone, and you can write with it.",
		button: "Have Carol write",
		look: [
			"Anna is offered it, and Carol’s contact opens. Answer and write: the text stands on Carol’s phone within two seconds.",
			"Answer from the phone, with an emoji too: it stands in Anna’s card at once, in the same exchange.",
			"End and wrap up, then write from the phone again: Anna has the same conversation back, with all that was said.",
			"Write STOP from the phone: it is answered by the server, and Anna’s panel says that Carol wants no more texts. START takes it back.",
			"Write to +49 151 5550 1013 as Anna: the phone cannot be reached, and the text says so.",
			"In the administration, Messages: the number, its queue, and the words that answer STOP, START and HELP.",
		],
		set: carolWrites,
	},
	{
		id: "responses",
		title: "Anna answers with a canned response",
		first: "Have Anna On Queue, and answer the text that this makes.",
		button: "Have Carol write",
		look: [
			"Above the field it says who Carol is, an external contact, and where she works. “This is somebody else” takes that back, and Find contact says it again.",
			"Type /ret: the list finds Return goods, with a preview. Enter puts “Dear Carol, …” in, and the SMS are counted.",
			"The order is still to be filled in: Tab leads to its field. Press Enter in the message before: the panel asks before it sends.",
			"Return goods brings a form along: a text does not carry it, which is said below the field; in an email and in the messenger it goes with the answer. In the administration, Responses, Files of responses: what is there, and which response brings it.",
			"Responses of the library Sales are not offered here, as it is for no queue yet. In the administration, Responses, give it Customer service: they are there the next time that the list opens.",
			"In New interaction, search for Bell: Clara’s number comes from the external contacts and from the CRM.",
		],
		set: carolWrites,
	},
	{
		id: "messenger",
		title: "A customer writes from the shop’s page",
		first: "Have Anna On Queue, and open the customer page in another window: the messenger is in its corner.",
		look: [
			"Enter a name and write: Anna is offered it within a second, with the name, the order and the page as attributes.",
			"Write on both sides: each sees that the other is writing, and Anna’s messages become read when the messenger is open.",
			"Reload the customer page in mid-sentence, or switch its network off, write three messages and switch it on: all is there once.",
			"Close the messenger and write as Anna: its button counts what is new.",
			"Write <img onerror=…> as the customer: it stands there as text, in the panel, the script’s log and the transcript.",
			"End as Anna: the customer may write on with the same conversation. In the administration, Messages, the messenger can begin anew instead.",
			"In the administration, Messages: the messenger’s pages, texts, colour and form, and the snippet for any page.",
		],
	},
	{
		id: "cobrowse",
		title: "A customer shows Anna the shop’s page",
		first:
			"Have Anna On Queue, open the customer page in another window, and call from it or write in its messenger. Answer as Anna.",
		look: [
			"In a call, press Co-browse with a code in Anna’s card: nine digits, good for ten minutes. On the customer page open the messenger, Share this page, type them, and agree.",
			"In a web message, press Ask to see the customer’s page: the messenger asks, and the customer agrees or does not.",
			"Open the page as Anna, in a window of its own. Fill in the order as the customer: name and street are seen, the card, the password and the IBAN are dots, and the payment frame is blank.",
			"Point and draw as Anna: the customer sees it, with her name. Ask for control: the bar on the page asks the customer. Then click, and fill in the street; the password is refused.",
			"Reload the customer page, or go to Your orders: Anna sees it again within seconds.",
			"Press Pause, Stop or Esc twice as the customer; or hang up: it ends on both sides.",
			"In the administration, Messages: by what pages are shared, what is hidden, and which pages never are.",
		],
	},
	{
		id: "screen",
		title: "Anna and a customer show each other their screens",
		first:
			"Have Anna On Queue, open the customer page in another window, call from it, and answer as Anna. It works for who writes by the messenger, too.",
		look: [
			"Press See their screen: a window opens beside the panel, and the customer’s page asks. Agree there and choose a window or a tab: Anna sees it within two seconds, and how large it is.",
			"Pause on the customer’s page: Anna is told. Show something else: the picture changes. Stop, there or by the browser’s own bar: both are told.",
			"Ask again and choose No, thanks: the card says so in words.",
			"Press Show my screen and choose in the window: the customer sees it in a box of the page. Close the window: it ends, and the call goes on.",
			"Take ACD Screen Share, Session, View from Anna’s role: the buttons vanish within seconds.",
		],
	},
	{
		id: "email",
		title: "An email from Carol arrives",
		first:
			"Have Anna On Queue. Open /mailbox on this server in a tab: that is Carol’s mailbox, and you can write with it.",
		button: "Have Carol write an email",
		look: [
			"Anna is offered it. Accept: the email stands in the card, in a frame that loads nothing and runs nothing.",
			"Write an answer and wait two seconds: the draft is saved. Reload the panel: it is still there.",
			"Send it: it stands in Carol’s mailbox within two seconds, with the signature, and her own email below.",
			"Type / in the answer, or press Responses: a text of the library, with the names filled in. Settings, Email signature: Anna’s own words under her emails.",
			"Answer in the mailbox: it comes to Anna in the same conversation.",
			"Print shows the whole thread to the printer. Mark as spam ends it; what Carol writes from then on is kept aside, at the address in the administration.",
			"Add Cc and Bcc, put a file to it, or choose Forward and write to unknown@customer.example: it cannot be sent, Anna is told why and may send it again.",
			"New interaction, Email: Anna writes first, on behalf of the queue.",
			"In the administration, Email: the domain, the server that carries its mails, its address and the queue that answers.",
		],
		set: carolMails,
	},
];
