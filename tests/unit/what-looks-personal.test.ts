/** Which names of attributes look personal, in the languages of sites, and which only sound like it. */
import { wholeNameIn, signOfName } from '../../server/src/protection/unlisted/personal-names';
import { personalAttributes } from '../../server/src/protection/unlisted/personal-attributes';
import type { Schemas } from '../../server/src/protection/schema-after';

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

describe('Strong signs', () => {
  const names = words(`
    email e_mail eMail emailAddress EMAIL contact_email userEmail workEmail parentEMail email2 mail courriel correo correoElectronico postaElettronica
    emailadresse e-mail-adresse kundenEmail contactemail useremail
    phone phoneNumber phone_no homePhone mobile mobilePhone mobileNumber tel telNo telephone telefon telefonnummer Telefonnummer handynummer
    telefono numeroDeTelephone telefoonnummer celular whatsApp fax
    address homeAddress address_line_1 addressLine2 companyAddress billingAddress adresse adressePostale wohnadresse lieferadresse anschrift direccion indirizzo
    street strasse straße hauptstrasse rue calle straat postcode zip zipCode zip_code plz postleitzahl codePostal codigoPostal ipAddress
    birth birthday birthDate dateOfBirth date_of_birth dob born geburtsdatum Geburtstag dateNaissance dateDeNaissance fechaNacimiento dataDiNascita geboortedatum
    iban bic accountNumber bankAccount kontonummer creditCard ssn socialSecurityNumber nationalId passport passportNumber passeport reisepass ausweisnummer
    idNumber id_card drivingLicence taxId steuernummer codiceFiscale dni bsn nir ahvNummer
    gender sex geschlecht genero_sexo health healthInsurance medical_history diagnosis allergies krankenkasse sante maladie handicap religion nationality
    nationalité maritalStatus etatCivil salary cv curriculumVitae lebenslauf coverLetter lettreDeMotivation password kennwort signature contact
    emergencyContact kontaktdaten personalData
  `);
  test.each(names)('%s', (name) => expect(signOfName(name)).toBe('strong'));
});

describe('Weak signs, which comments have too', () => {
  const names = words(`
    name fullName full_name firstName lastName surname vorname nachname nom prenom prénom nombre apellidos nome cognome voornaam achternaam username
    nickname authorName contactName your_name message messages comment feedback question nachricht kommentar anliegen commentaire mensaje messaggio
    bericht text content author age alter
  `);
  test.each(names)('%s', (name) => expect(signOfName(name)).toBe('weak'));
});

describe('False friends', () => {
  const names = words(`
    filename fileName productName hostname hostName companyName eventName className displayTitle slugName brandName
    emailTemplate emailSubject emailCount mailServer smtpHost phoneIcon phonePlaceholder addressBar webAddress websiteAddress addressLabel
    messageCount messageType messageTemplate commentsCount commentsEnabled nameTemplate nameLabel
    headline title subtitle description position price microphone headphones smartphone phonetic streetwear streetView mobileImage showOnMobile mobileLayout
    hotel telescope television portal portable_title contactPage contactFormUrl genre category topic urgent status state city country
    sexyTitle essex therapist birthing_page rebirthed cover gallery published publishedAt rating stars votes quantity color zipFile archive
    iphoneModel maildir rueful plzx street_art newsletterTitle kennzahl
  `);
  test.each(names)('%s', (name) => expect(signOfName(name)).toBe(null));
});

test('a file is judged by what it would be a file of', () => {
  expect([signOfName('resume'), signOfName('resume', true)]).toEqual([null, 'strong']);
  expect([signOfName('certificate'), signOfName('certificate', true)]).toEqual([null, 'strong']);
  expect([signOfName('cover', true), signOfName('photo', true)]).toEqual([null, null]);
});

test('a first and a last name side by side say who somebody is', () => {
  expect(wholeNameIn(['firstName', 'message'])).toEqual([]);
  expect(wholeNameIn(['prenom', 'nom', 'message'])).toEqual(['prenom', 'nom']);
  expect(wholeNameIn(['first_name', 'surname'])).toEqual(['first_name', 'surname']);
  expect(wholeNameIn(['name', 'lastName'])).toEqual([]);
});

describe('A type', () => {
  const model = (attributes: object) => ({ label: 'X', isSingle: false, isTranslated: false, hasDrafts: false, attributes });
  const signs = (attributes: object, components: Record<string, object> = {}) =>
    personalAttributes('api::x.x', {
      types: { 'api::x.x': model(attributes) },
      components: Object.fromEntries(Object.entries(components).map(([uid, inner]) => [uid, model(inner)])),
    } as Schemas);

  test('shows by the type of an attribute, whatever it is called', () => {
    expect(signs({ a: { type: 'email' }, b: { type: 'password' }, c: { type: 'string' } })).toEqual({
      strong: ['a', 'b'],
      weak: [],
    });
  });

  test('shows inside components and dynamic zones, at any depth, once around', () => {
    const inner = {
      'a.outer': { b: { type: 'component', component: 'a.inner' } },
      'a.inner': { phone: { type: 'string' }, again: { type: 'component', component: 'a.outer' } },
    };
    expect(signs({ zone: { type: 'dynamiczone', components: ['a.outer'] } }, inner).strong).toEqual(['zone.b.phone']);
    expect(signs({ home: { type: 'component', component: 'a.inner' } }, inner).strong).toEqual(['home.phone']);
  });

  test('shows nothing by a yes or no, or by what it is related to', () => {
    expect(signs({ phone: { type: 'boolean' }, address: { type: 'relation', target: 'api::y.y' } })).toEqual({
      strong: [],
      weak: [],
    });
  });

  test('what is private still shows where the search looks through it', () => {
    const own = (type: string, more: object = {}) => signs({ email: { type, private: true, ...more } }).strong;
    expect([own('email'), own('string'), own('email', { searchable: false }), own('json')]).toEqual([
      ['email'],
      ['email'],
      [],
      [],
    ]);
    expect(
      signs({ a: { type: 'component', component: 'a.b' } }, { 'a.b': { email: { type: 'email', private: true } } }).strong,
    ).toEqual([]);
  });
});
