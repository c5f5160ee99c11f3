/**
 * The one list of what attributes are called that hold something about a person, in the languages that sites are written in, and
 * what makes such a name mean something else. A name is cut into words (`homePhone`, `home_phone`), without accents. Pure.
 */

/** What strangers send about themselves and nobody expects to read on the internet. An entry of several words is a sequence. */
const STRONG = `
  email, emails, e mail, e mails, mail, mails, courriel, courriels, correo, correo electronico, posta elettronica, emailadresse, mailadresse
  phone, phones, phonenumber, phoneno, telephone, telephones, telephonenumber, tel, tels, telno, telefon, telefonnummer, telefono,
  telefoon, telefoonnummer, telefone, telefonnr, telnr, mobile number, mobile no, mobilenumber, mobile phone, mobilephone, cell phone, cellphone,
  cell number, mobilnummer, mobiltelefon, handynummer, handy nr, rufnummer, numero de telephone, numero portable, telephone portable,
  telefono movil, numero movil, cellulare, celular, gsm nummer, whatsapp, fax, faxnumber, telefax, sms number
  address, addresses, adresse, adresses, adressen, anschrift, wohnadresse, postadresse, direccion, domicilio, domicile, indirizzo, endereco,
  adres, woonadres, street, streets, streetname, street name, strasse, hausnummer, house number, rue, calle, via e numero, straat, straatnaam,
  huisnummer, wohnort, woonplaats, place of residence, postcode, postcodes, post code, postal code, postalcode, zip code, zipcode, plz,
  postleitzahl, code postal, codepostal, codigo postal, cap code, codice postale, cep, ipaddress, ip address, ip adresse, adresse ip
  birth, birthday, birthdate, birthplace, birthname, dob, dateofbirth, born, geburt, geburtsdatum, geburtstag, geburtsort, geburtsname,
  geboren, naissance, ne le, nee le, nacimiento, nascita, nascimento, geboorte, geboortedatum, geboorteplaats, anniversaire, compleanno, maiden name
  iban, bic, swift, bank account, bankaccount, account number, accountnumber, sort code, bankverbindung, kontonummer, konto nr, rib, compte bancaire,
  cuenta bancaria, conto corrente, rekeningnummer, credit card, creditcard, card number, cardnumber, kreditkarte, carte bancaire, tarjeta
  ssn, social security, socialsecurity, national id, nationalid, national insurance, nino, nhs number, nhsnumber, identity number, id number, idnumber, id card,
  idcard, identity card, passport, passports, passportnumber, passeport, pasaporte, passaporto, paspoort, reisepass, passnummer, ausweis,
  ausweisnummer, personalausweis, driving licence, drivers licence, driver license, drivers license, fuehrerschein, fuhrerschein, permis de conduire,
  tax id, taxid, tax number, steuernummer, steuer id, sozialversicherungsnummer, ahv, ahvnummer, numero de securite sociale, securite sociale, nir, dni,
  nie, curp, cpf, rfc number, codice fiscale, codicefiscale, bsn, burgerservicenummer, rijksregisternummer, carte d identite, carta d identita
  gender, sexe, sexo, sesso, geschlecht, geslacht, sexual orientation, orientation sexuelle
  health, healthcare number, medical, medication, medications, diagnosis, diagnose, disease, illness, allergy, allergies, disability, disabilities,
  blood type, bloodtype, gesundheit, krankheit, krankheiten, krankenkasse, behinderung, allergien, sante, maladie, maladies, handicap, salud,
  enfermedad, alergias, salute, malattia, gezondheid, ziekte, mutuelle
  religion, konfession, ethnicity, ethnic origin, nationality, nationalitat, nationalitaet, staatsangehorigkeit, staatsangehoerigkeit, nationalite,
  nacionalidad, nazionalita, nationaliteit, citizenship, marital status, familienstand, etat civil, situation familiale, estado civil, stato civile
  salary, income, gehalt, einkommen, salaire, revenus, sueldo, salario, stipendio, salaris
  cv, curriculum, curriculum vitae, lebenslauf, cover letter, coverletter, anschreiben, lettre de motivation, bewerbungsschreiben
  password, passwort, kennwort, mot de passe, contrasena, wachtwoord, signature, unterschrift, handtekening, firma digital
  contact details, contact info, contact information, kontaktdaten, coordonnees, datos personales, personal data, personal details,
  emergency contact, notfallkontakt, license plate, number plate, kennzeichen, immatriculation
`;

/** The same, where it is all that the name says: as a part of another name it mostly means something else (`mobileImage`). */
const STRONG_ALONE = `
  mobile, mobil, cell, handy, natel, portable, movil, gsm, zip, sex, contact, kontakt, ip, remote ip, client ip, sender ip, user ip, nif
`;
/** Files of people, where the attribute holds files. */
const STRONG_FILES = `
  resume, resumes, application, bewerbung, bewerbungsunterlagen, candidature, unterlagen, zeugnis, zeugnisse, certificate, certificates, proof, nachweis,
  justificatif, justificatifs, attest, id scan, scan, selfie
`;

/** Said of comments and articles too: alone they are a remark, not a refusal. */
const WEAK = `
  full name, fullname, first name, firstname, given name, last name, lastname, surname, family name, middle name, nickname, username, user name,
  author name, authorname, sender name, contact name, contactname, person name, your name, customer name, client name, parent name, child name, guest name, visitor name,
  applicant name, candidate name, member name, patient name, student name, participant name, donor name, signer name, display name,
  message, messages, comment, comments, enquiry, inquiry, question, feedback, complaint, concern, request, remarks, testimonial,
  prenom, nom de famille, nom complet, pseudo, vorname, nachname, familienname, zuname, vollstaendiger name, ansprechpartner, apellido, apellidos,
  nombre completo, cognome, nome completo, sobrenome, voornaam, achternaam, tussenvoegsel, nachricht, mitteilung, kommentar, anliegen, anfrage, bemerkung,
  bemerkungen, commentaire, commentaires, demande, remarque, remarques, mensaje, comentario, comentarios, consulta, messaggio, commento,
  richiesta, bericht, opmerking, opmerkingen, vraag, mensagem, age, alter, edad, leeftijd
`;
const WEAK_ALONE = `name, names, nom, noms, nombre, nome, naam, author, sender, text, body, content, inhalt, contenu, contenido, texte, testo, tekst`;

/** With one of these the name is about a thing of the site, not about whoever sent it. */
const NEUTRAL = `
  template, templates, vorlage, modele, plantilla, modello, sjabloon, count, counter, counts, anzahl, compteur, total, bar, type, types, typ,
  label, placeholder, title, titel, titre, titulo, subject, betreff, objet, asunto, sujet, heading, headline, hint, help, tooltip, enabled,
  disabled, active, required, visible, hidden, show, hide, allow, is, has, verified, confirmed, sent, provider, host, hostname, server, smtp,
  port, url, urls, uri, link, href, slug, icon, color, colour, image, background, logo, button, field, fields, page, section, block, banner,
  settings, setting, config, options, option, format, formats, regex, pattern, validation, error, errors, success, intro, footer, header,
  policy, view, art, food, wear, queue, campaign, newsletter, domain, domains, web, website, internet, site, checker, check, mac, memory,
  layout, menu, product, event, width, height, size, style, class, key, keys, schema, map
`;

const entries = (text: string): string[][] =>
  text
    .split(/[,\n]/)
    .map((entry) => entry.trim().split(/\s+/))
    .filter(([first]) => first !== '');

/** By the first word: long names are looked at for every type of a site. */
const byFirstWord = (text: string): Map<string, string[][]> => {
  const found = new Map<string, string[][]>();
  for (const entry of entries(text)) found.set(entry[0] as string, [...(found.get(entry[0] as string) ?? []), entry]);
  return found;
};
const whole = (text: string): Set<string> => new Set(entries(text).map((words) => words.join('')));

const strong = { entries: byFirstWord(STRONG), whole: whole(STRONG) };
const weak = { entries: byFirstWord(WEAK), whole: whole(WEAK) };
const strongAlone = whole(STRONG_ALONE);
const strongFiles = whole(STRONG_FILES);
const weakAlone = whole(WEAK_ALONE);
const neutral = new Set(entries(NEUTRAL).flat());
/** Written as one word: what it ends with, or all of it. */
const JOINED = [
  /^(contact|user|your|my|private|home|work|parents?|sender|customer|client|kontakt|privat)?(e?mail(adres|adresse|address)?|phone|telefon|telephone|telefoon)(nr|no|number|nummer)?$/,
  /^(?!web|internet|ip|url|seiten)\p{L}+(adresse|anschrift|strasse)$/u,
  /\p{L}+(telefon|telefonnummer|handynummer|geburtsdatum|kontonummer)$/u,
  /^(dateofbirth|datedenaissance|fechadenacimiento|datadinascita|geboortedatum|socialsecurity)/,
];

/** `homePhone2`, `home_phone`, `Straße` → `home phone`, `home phone`, `strasse` */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);

const isIn = (words: string[], { entries: list, whole: all }: typeof strong): boolean =>
  all.has(words.join('')) ||
  words.some((word, at) => (list.get(word) ?? []).some((entry) => entry.every((one, index) => words[at + index] === one)));

export type Sign = 'strong' | 'weak' | null;

/** @param isFile whether the attribute holds files */
export const signOfName = (name: string, isFile = false): Sign => {
  const words = wordsOf(name);
  const joined = words.join('');
  if (strongAlone.has(joined) || (isFile && strongFiles.has(joined))) return 'strong';
  if (weakAlone.has(joined)) return 'weak';
  if (words.some((word) => neutral.has(word))) return null;
  if (isIn(words, strong) || JOINED.some((ending) => ending.test(joined))) return 'strong';
  return isIn(words, weak) ? 'weak' : null;
};

const FIRST = whole('firstname, first name, givenname, given name, vorname, prenom, nombre, nome, voornaam');
const LAST =
  whole(`lastname, last name, surname, family name, nachname, familienname, zuname, nom, nom de famille, apellido, apellidos,
  cognome, sobrenome, achternaam`);
/** Of names side by side, those that together say who somebody is: a first and a last name. */
export const wholeNameIn = (names: string[]): string[] => {
  const within = (list: Set<string>): string[] => names.filter((name) => list.has(wordsOf(name).join('')));
  const [first, last] = [within(FIRST), within(LAST)];
  return first.length > 0 && last.length > 0 ? [...first, ...last] : [];
};
