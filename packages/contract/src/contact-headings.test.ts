import { expect, it } from "vitest";
import { contactColumnOf, contactColumns, contactColumnsOf } from "./contact-headings.ts";

it.each([
	["Company;Mobile;E-mail", ["organization", "cellPhone", "workEmail"]],
	[
		"Firma;Vorname;Nachname;Handy;Telefon;E-Mail-Adresse;Anrede",
		"organization firstName lastName cellPhone workPhone workEmail salutation",
	],
	["Prénom;Nom;Société;Téléphone portable;Courriel", "firstName lastName organization cellPhone workEmail"],
	["Nombre;Apellidos;Empresa;Móvil;Correo electrónico", "firstName lastName organization cellPhone workEmail"],
	["Nome;Cognome;Azienda;Cellulare;Posta elettronica", "firstName lastName organization cellPhone workEmail"],
	["Primeiro nome;Apelido;Empresa;Telemóvel;E-mail", "firstName lastName organization cellPhone workEmail"],
	["Voornaam;Achternaam;Bedrijf;Mobiel;E-mailadres", "firstName lastName organization cellPhone workEmail"],
	["Imię;Nazwisko;Nazwa firmy;Telefon komórkowy;Adres e-mail", "firstName lastName organization cellPhone workEmail"],
	["Förnamn;Efternamn;Företag;Mobil;E-post", "firstName lastName organization cellPhone workEmail"],
	["Adı;Soyadı;Şirket;Cep telefonu;E-posta", "firstName lastName organization cellPhone workEmail"],
	["Ім’я;Прізвище;Компанія;Мобільний;Електронна пошта", "firstName lastName organization cellPhone workEmail"],
	["姓;名;会社名;携帯電話;メールアドレス", "lastName firstName organization cellPhone workEmail"],
	["성;이름;회사;휴대폰;이메일", "lastName firstName organization cellPhone workEmail"],
	["姓;名字;公司;手机;电子邮箱", "lastName firstName organization cellPhone workEmail"],
	["الاسم الأول;اسم العائلة;الشركة;الجوال;البريد الإلكتروني", "firstName lastName organization cellPhone workEmail"],
])("a file that says %s was read for columns that nobody knows", (headings, columns) => {
	expect(contactColumnsOf(headings.split(";"))).toEqual(typeof columns === "string" ? columns.split(" ") : columns);
});

it("a column has one meaning, and a further number or address goes where there is room", () => {
	expect(contactColumnsOf(["Phone", "Telephone", "Tel.", "E-Mail", "email", "Shoe size", ""])).toEqual([
		...["workPhone", "otherPhone", undefined, "workEmail", "otherEmail", undefined, undefined],
	]);
	// What is called as it is kept is that, wherever it stands.
	expect(contactColumnsOf(["Phone", "workPhone", "other_phone"])).toEqual([undefined, "workPhone", "otherPhone"]);
	for (const one of contactColumns) expect(contactColumnOf(one)).toBe(one);
	expect(contactColumnOf("constructor")).toBeUndefined();
});
