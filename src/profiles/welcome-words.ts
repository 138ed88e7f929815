/** What the message to a new user says, in one language. */
export interface WelcomeWords {
  greeting(name: string): string;
  opening: string;
  portal: string;
  userName: string;
  /** By how they get a password. */
  paragraphs: Readonly<Record<'by-email' | 'by-hand' | 'elsewhere', readonly string[]>>;
  config: string;
  signIn: string;
  withoutBrowser: string;
  failOver(region: string): string;
}

const device =
  'Register an MFA device too, a passkey or an authenticator app: where the portal asks for it, or in the portal under "MFA devices".';

const english: WelcomeWords = {
  greeting: (name) => `Hello ${name},`,
  opening: 'you can sign in to AWS now:',
  portal: 'Access portal',
  userName: 'User name',
  paragraphs: {
    'by-email': [
      'Open the portal and enter your user name. AWS then sends a code to your e-mail address; enter it, and set your password. If no mail comes, look into the spam folder, and then ask us for a one-time password.',
      device,
    ],
    'by-hand': [
      'Ask us for a one-time password: AWS has no e-mail address of yours to send a code to. Open the portal, enter your user name and that password, and set your own.',
      device,
    ],
    elsewhere: ['Open the portal: it leads to our own sign-in, where your usual password and MFA device count.'],
  },
  config: 'For the AWS CLI (version 2), put this into ~/.aws/config:',
  signIn: 'Then sign in, and see that it works:',
  withoutBrowser: 'On a machine without a browser, sign in with a code that you enter in a browser elsewhere:',
  failOver: (region) => `If that sign-in does not work since AWS has a disruption, sign in through ${region}:`,
};

const japaneseDevice =
  'MFA デバイス（パスキーまたは認証アプリ）も登録してください。ポータルで求められたとき、またはポータルの「MFA デバイス」から登録できます。';

const japanese: WelcomeWords = {
  greeting: (name) => `${name} さん`,
  opening: 'AWS にサインインできるようになりました。',
  portal: 'アクセスポータル',
  userName: 'ユーザー名',
  paragraphs: {
    'by-email': [
      'ポータルを開き、ユーザー名を入力してください。AWS からメールで確認コードが届きます。コードを入力し、パスワードを設定してください。メールが届かない場合は、迷惑メールフォルダーを確認のうえ、ワンタイムパスワードの発行を管理者に依頼してください。',
      japaneseDevice,
    ],
    'by-hand': [
      'AWS にメールアドレスが登録されていないため、確認コードは届きません。ワンタイムパスワードの発行を管理者に依頼してください。ポータルを開き、ユーザー名とそのパスワードを入力して、新しいパスワードを設定してください。',
      japaneseDevice,
    ],
    elsewhere: [
      'ポータルを開くと、社内のサインイン画面に移動します。普段のパスワードと MFA デバイスでサインインしてください。',
    ],
  },
  config: 'AWS CLI バージョン 2 を使う場合は、次の内容を ~/.aws/config に追加してください。',
  signIn: '続いてサインインし、動作を確認してください。',
  withoutBrowser: 'ブラウザーのない環境では、別の端末のブラウザーに入力するコードでサインインします。',
  failOver: (region) => `AWS の障害により上記のサインインができない場合は、${region} を通じてサインインしてください。`,
};

/**
 * The words for a user.
 * @param language the user's preferred language, a tag like `ja` or `ja-JP` (RFC 5646); English where there is none for it
 */
export const welcomeWords = (language: string | undefined): WelcomeWords =>
  /^ja([-_]|$)/i.test(language ?? '') ? japanese : english;
