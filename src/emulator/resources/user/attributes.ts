import type { Attribute } from '../../services/identity-store/attribute-paths.ts';
import { Text } from '../../services/identity-store/shapes.ts';
import { Addresses, Emails, PhoneNumbers, Photos, Roles, UserName } from './shapes.ts';

/** What UpdateUser can set, by path; extensions aside. */
export const userPaths: Readonly<Record<string, Attribute>> = {
  userName: { at: ['UserName'], shape: UserName, required: true },
  displayName: { at: ['DisplayName'], shape: Text, required: true },
  'name.formatted': { at: ['Name', 'Formatted'], shape: Text },
  'name.familyName': { at: ['Name', 'FamilyName'], shape: Text, required: true },
  'name.givenName': { at: ['Name', 'GivenName'], shape: Text, required: true },
  'name.middleName': { at: ['Name', 'MiddleName'], shape: Text },
  'name.honorificPrefix': { at: ['Name', 'HonorificPrefix'], shape: Text },
  'name.honorificSuffix': { at: ['Name', 'HonorificSuffix'], shape: Text },
  nickName: { at: ['NickName'], shape: Text },
  profileUrl: { at: ['ProfileUrl'], shape: Text },
  userType: { at: ['UserType'], shape: Text },
  title: { at: ['Title'], shape: Text },
  preferredLanguage: { at: ['PreferredLanguage'], shape: Text },
  locale: { at: ['Locale'], shape: Text },
  timezone: { at: ['Timezone'], shape: Text },
  website: { at: ['Website'], shape: Text },
  birthdate: { at: ['Birthdate'], shape: Text },
  emails: { at: ['Emails'], shape: Emails },
  addresses: { at: ['Addresses'], shape: Addresses },
  phoneNumbers: { at: ['PhoneNumbers'], shape: PhoneNumbers },
  photos: { at: ['Photos'], shape: Photos },
  roles: { at: ['Roles'], shape: Roles },
};
