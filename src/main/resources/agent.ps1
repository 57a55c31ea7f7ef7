# Keeps this machine online in the machine registry. For Windows PowerShell 5.1 and PowerShell 7 on Windows, and needs nothing
# else; `powershell -ExecutionPolicy Bypass -File agent.ps1 help` says how it is used.
#
# It says to the service what agent.sh says. Its text is ASCII: Windows PowerShell reads a file without a byte order mark in the
# code page of the machine.

$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Net.Http

$Service = '@SERVICE@'
$AgentVersion = 'agent.ps1 1.2'
$ShortestPause = 1
# With the time for a call, well under the silence after which a machine is offline.
$LongestPause = 25
$CallSeconds = 10
$GoodbyeTries = 3
# A machine that nobody has claimed asks so often, for an hour.
$ClaimPause = 10
$ClaimSeconds = 3600
# The service accepts no longer text.
$LongestText = 1024
$MostAssistants = 100000
# Of an answer, so that one without an end fills no memory. Those of the service are far shorter.
$LongestAnswer = 65536
$TokenIsNotGood = 1
$WrongUse = 2
$StatusUnknown = 4
$CannotInstall = 5
$TaskName = 'machine-agent'
# By their ids: the names of these accounts are translated. The task runs as LOCAL SERVICE, which may do little.
$LocalSystem = 'S-1-5-18'
$LocalService = 'S-1-5-19'
$Administrators = 'S-1-5-32-544'
# What the installed agent is told besides its token.
$SettingNames = 'MACHINE_ASSISTANTS', 'https_proxy', 'http_proxy', 'no_proxy'

$Token = ''
$Key = ''
$TokenSource = ''
$TokenFile = ''
$UnregisteredFile = ''
$OwnFile = ''
# Whether this machine is still to be claimed: nothing, or 'unseen' until it has shown its link, and 'seen'.
$Claiming = ''
$ClaimHash = ''
$ClaimTrouble = ''
$ClaimWatch = $null
$GivenSettings = @{}
$Greeting = 'connect'
$LogFile = ''
$Reached = $false
$Connected = $false
$Assistants = ''
$AssistantsTrouble = ''
$ToldAssistants = ''
$Backoff = 2
$Longest = $LongestPause
$ExitCode = 0
$Proxy = ''
$ByProxy = ''
$Client = $null
# An id of this run of the agent: by it the service tells that two machines use one token.
$Instance = [Guid]::NewGuid().ToString('N')

function Write-Log([string] $Text) {
    $line = '{0} machine-agent: {1}' -f (Get-Date -Format 'yyyy-MM-ddTHH:mm:ss'), $Text
    [Console]::Error.WriteLine($line)
    if (-not $LogFile) { return }
    try {
        if ((Test-Path -LiteralPath $LogFile) -and (Get-Item -LiteralPath $LogFile).Length -gt 1MB) {
            Move-Item -LiteralPath $LogFile -Destination "$LogFile.1" -Force
        }
        [IO.File]::AppendAllText($LogFile, $line + [Environment]::NewLine)
    } catch {
        # A log that cannot be written keeps no machine offline.
        [Console]::Error.WriteLine("The log $LogFile cannot be written: $_")
    }
}

# Ends the agent from within whatever calls this, without a goodbye.
function Stop-Agent([int] $Code, [string] $Text) {
    Write-Log $Text
    $script:Reached = $false
    $script:Claiming = ''
    $script:ExitCode = $Code
    throw [OperationCanceledException]::new('The agent has said why it ends.')
}

function Show-Usage {
    @(
        'Keeps this machine online in the machine registry at'
        $Service
        'until it is stopped with Ctrl-C, and then says goodbye.'
        ''
        '  powershell -ExecutionPolicy Bypass -File agent.ps1      prints a link; who opens it names the machine, and it is theirs'
        '  $env:MACHINE_TOKEN = "<machineId>:<secret>"; powershell -ExecutionPolicy Bypass -File agent.ps1'
        '  $env:MACHINE_TOKEN_FILE = "C:\machine-token"; powershell -ExecutionPolicy Bypass -File agent.ps1'
        '  $env:MACHINE_KEY = "mre_..."; $env:MACHINE_TOKEN_FILE = "C:\machine-token"; powershell ... -File agent.ps1'
        ''
        '  agent.ps1 install     makes it a scheduled task that starts with the machine, from an elevated PowerShell: keeps the'
        '                        token in a file that only administrators and the task can read. Without one it prints the'
        '                        link, and waits'
        '  agent.ps1 uninstall   stops that task, says goodbye, and takes away all that install brought'
        '  agent.ps1 status      asks whether the service is reached and the token good; changes nothing about the machine'
        '  agent.ps1 help        says this'
        '  agent.ps1 version     says which agent this is, and of which service'
        ''
        'It is told by the environment:'
        '  MACHINE_TOKEN         the token that the page showed; never an argument, which others could read'
        '  MACHINE_TOKEN_FILE    a file with the token; the agent waits until it is there'
        '  MACHINE_KEY           an enrolment key: with it a machine that is not registered yet makes a token, keeps it in'
        '                        MACHINE_TOKEN_FILE, and registers itself'
        '                        Without all three the machine makes a token, keeps it in a file of its own, and prints a link'
        '                        with which somebody claims the machine; the secret stays here'
        '  MACHINE_ASSISTANTS    a command of cmd.exe that prints how many assistants run, or lists them as JSON'
        '  https_proxy, http_proxy, no_proxy'
        '                        the proxy to use; without them that of Windows'
        ''
        'It ends with 0 when it was stopped, 1 when the token is not good or nobody claimed the machine, 2 when it was called'
        'wrongly; status also with 4 when it could not find out, install and uninstall with 5 when they could not do it.'
    ) | ForEach-Object { [Console]::Out.WriteLine($_) }
}

# What a text holds between blanks and quotes. A token is ASCII: what is beyond it are marks of an editor.
function Get-PlainText([string] $Text) {
    $lines = ($Text -creplace '[^\x01-\x7f]|\r', '') -split '\n' | ForEach-Object { $_.Trim(" `t`"'".ToCharArray()) }
    return @($lines | Where-Object { $_ }) -join "`n"
}

# Compares as .NET's ordinals do: for -match, the Kelvin sign is a letter of a to z.
function Test-Token([string] $Text) {
    return $Text -cmatch '\A[A-Za-z0-9_-]+:[A-Za-z0-9_-]+\z'
}

function Test-Key([string] $Text) {
    return $Text -cmatch '\Amre_[A-Za-z0-9_.-]+\z'
}

function Get-MachineId {
    return $Token.Split(':')[0]
}

# Sets the token, and answers with why the file holds none.
function Read-TokenFile([string] $Path) {
    $script:Token = ''
    try {
        if (-not (Test-Path -LiteralPath $Path)) {
            return "The token file $Path is not there yet: write the token into it."
        }
        # Sees by its mark which Unicode it is: what Windows PowerShell redirects is UTF-16.
        $text = Get-PlainText ([IO.File]::ReadAllText($Path))
    } catch {
        return "The token file $Path cannot be read by $([Environment]::UserName): let this user read it."
    }
    if (-not (Test-Token $text)) {
        return "What is in $Path must look like <machineId>:<secret>: write the token into it, alone."
    }
    $script:Token = $text
    return ''
}

# So many random characters of a set of at most 256. Bytes that would favour the first of them are left out.
function Get-RandomText([string] $Characters, [int] $Length) {
    $random = [Security.Cryptography.RandomNumberGenerator]::Create()
    $fair = 256 - 256 % $Characters.Length
    $text = [Text.StringBuilder]::new()
    $bytes = [byte[]]::new(64)
    while ($text.Length -lt $Length) {
        $random.GetBytes($bytes)
        foreach ($byte in $bytes) {
            if ($byte -lt $fair -and $text.Length -lt $Length) {
                [void] $text.Append($Characters[$byte % $Characters.Length])
            }
        }
    }
    return $text.ToString()
}

function New-Token {
    $letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
    return (Get-RandomText ($letters + '_-') 21) + ':' + (Get-RandomText $letters 40)
}

function New-AccessRule([string] $Sid, [string] $Rights, [string] $Inheritance) {
    return [Security.AccessControl.FileSystemAccessRule]::new([Security.Principal.SecurityIdentifier]::new($Sid), $Rights,
        $Inheritance, 'None', 'Allow')
}

# Set-Acl would want a privilege that only administrators have. .NET Framework has a method where .NET has an extension.
function Set-Access($Item, $Access) {
    if ($Item.PSObject.Methods['SetAccessControl']) {
        $Item.SetAccessControl($Access)
    } else {
        [IO.FileSystemAclExtensions]::SetAccessControl($Item, $Access)
    }
}

# Writes a text that only this user and the system can read, whole or not at all.
function Save-Secret([string] $Path, [string] $Text) {
    $new = "$Path.new"
    $directory = Split-Path -Parent $Path
    if ($directory) { [void] [IO.Directory]::CreateDirectory($directory) }
    [IO.File]::WriteAllText($new, '')
    $access = [Security.AccessControl.FileSecurity]::new()
    $access.SetAccessRuleProtection($true, $false)
    foreach ($sid in [Security.Principal.WindowsIdentity]::GetCurrent().User.Value, $LocalSystem) {
        $access.SetAccessRule((New-AccessRule $sid 'FullControl' 'None'))
    }
    Set-Access ([IO.FileInfo]::new($new)) $access
    # Shared with nobody: it does not open where somebody opened the file before it was closed to others.
    $file = [IO.File]::Open($new, 'Truncate', 'Write', 'None')
    try {
        $bytes = [Text.Encoding]::ASCII.GetBytes($Text + [Environment]::NewLine)
        $file.Write($bytes, 0, $bytes.Length)
    } finally {
        $file.Dispose()
    }
    Move-Item -LiteralPath $new -Destination $Path -Force
}

# Keeps a token before the service knows it: a machine that ends in between asks again with the same one, and is the same machine.
# Not yet in the token file: what stands there was registered once, and a machine that was deleted must not come back by itself.
function Initialize-OwnToken([string] $Path) {
    $script:UnregisteredFile = $Path
    if ((Test-Path -LiteralPath $Path) -and -not (Read-TokenFile $Path)) { return }
    $script:Token = New-Token
    try {
        Save-Secret $Path $Token
    } catch {
        Stop-Agent $CannotInstall "The token file $Path cannot be written: $_"
    }
}

# Whether a file is named, and holds anything that this user may know of.
function Test-Filled([string] $Path) {
    return $Path -and [IO.File]::Exists($Path) -and [IO.FileInfo]::new($Path).Length -gt 0
}

# Finds the token of the file, or, where there is none yet, one of this machine's own that is to be enrolled.
function Find-OwnToken {
    if (-not $TokenFile) {
        Stop-Agent $WrongUse ('MACHINE_KEY needs MACHINE_TOKEN_FILE: the file in which this machine keeps its own token, also ' +
            'when it starts again.')
    }
    $script:TokenSource = $TokenFile
    if (Test-Filled $TokenFile) {
        # What somebody else wrote there is not written over.
        $trouble = Read-TokenFile $TokenFile
        if ($trouble) { Stop-Agent $TokenIsNotGood $trouble }
        return
    }
    Initialize-OwnToken "$TokenFile.enrolling"
    $script:Greeting = 'enrol'
}

# The service knows the token now.
function Complete-Registration([string] $Advice) {
    try {
        Move-Item -LiteralPath $UnregisteredFile -Destination $TokenFile -Force
    } catch {
        Write-Log "The token stays in $UnregisteredFile, because $TokenFile cannot be written$Advice."
    }
}

function Complete-Enrolment {
    $script:Greeting = 'connect'
    Complete-Registration ': see to that before the key expires'
}

function Complete-Claim {
    $script:Claiming = ''
    Complete-Registration ''
}

# Where this machine keeps a token that it made for a claim; nothing where this user has no place for it.
function Get-OwnFile {
    $place = [Environment]::GetFolderPath('LocalApplicationData')
    if (-not $place) { return '' }
    return Join-Path (Join-Path $place 'machine-agent') 'token'
}

# One machine is to be one in the list: an agent that is installed has a token already, or had.
function Assert-OnlyAgent {
    $installed = Get-InstallDirectory
    if (Test-Path -LiteralPath $installed) {
        Stop-Agent $TokenIsNotGood ("There is no token. An agent is installed here, or was not installed to the end, in ${installed}: " +
            'status asks how it is, install does it again. To run another one beside it, set MACHINE_TOKEN.')
    }
}

# Without token and key: this machine's own token, which somebody has claimed or is still to claim.
function Find-Claim {
    $script:OwnFile = Get-OwnFile
    if (-not $OwnFile) {
        Stop-Agent $TokenIsNotGood ('There is no token, and no LOCALAPPDATA to keep one in: set MACHINE_TOKEN or ' +
            'MACHINE_TOKEN_FILE; agent.ps1 help says more.')
    }
    $script:TokenFile = $OwnFile
    $script:TokenSource = $OwnFile
    if (Test-Filled $TokenFile) {
        # What somebody else wrote there is not written over.
        $trouble = Read-TokenFile $OwnFile
        if ($trouble) { Stop-Agent $TokenIsNotGood $trouble }
        return
    }
    # An install with a key may have registered the machine, though no answer came.
    $enrolling = Join-Path (Get-InstallDirectory) 'token.enrolling'
    $made = if (Test-Filled $enrolling) { $enrolling } else { "$OwnFile.claiming" }
    Initialize-OwnToken $made
    $script:ClaimHash = Get-Hash ($Token.Split(':')[1])
    $script:ClaimWatch = [Diagnostics.Stopwatch]::StartNew()
    $script:Claiming = 'unseen'
}

# The SHA-256 of a text, in base64url without padding.
function Get-Hash([string] $Text) {
    # The one that Windows allows where it allows those of FIPS alone.
    $bytes = [Security.Cryptography.SHA256CryptoServiceProvider]::new().ComputeHash([Text.Encoding]::ASCII.GetBytes($Text))
    return [Convert]::ToBase64String($bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_')
}

function Get-ClaimLink {
    return "$Service/app#claim=$(Get-MachineId).$ClaimHash"
}

# In groups, as the page shows it, so that two of them can be compared.
function Get-Grouped([string] $Text) {
    return ($Text -creplace '(.{4})', '$1 ').TrimEnd()
}

# What helps a machine whose own token is not good any more.
function Get-ClaimAdvice {
    if ($OwnFile) { return ", or remove $OwnFile and start again to claim it anew" }
    return ''
}

function Show-Claim {
    $script:Claiming = 'seen'
    Write-Log ('nobody has claimed this machine yet. Whoever opens this link, signed in, and names the machine, has it in their ' +
        'list:')
    [Console]::Error.WriteLine("`n  $(Get-ClaimLink)`n")
    [Console]::Error.WriteLine("  machine  $(Get-Grouped (Get-MachineId))`n  hash     $(Get-Grouped $ClaimHash)`n")
    Write-Log "waits for that for an hour, and asks each $ClaimPause s; compare machine and hash with what the page shows"
}

# The service does not know this machine yet, or was not asked: shows the claim once, and waits.
function Wait-Claim($Answer) {
    $wait = $ClaimPause
    $trouble = ''
    if ($Answer.Status -eq 401 -and (Test-Problem $Answer)) {
        if ($Claiming -eq 'unseen') { Show-Claim }
    } else {
        $trouble = Get-Trouble $Answer
        $wait = [Math]::Max($wait, [Math]::Min($Answer.RetryAfter, 60))
        if ($trouble -cne $ClaimTrouble) { Write-Log "$trouble Trying again each $ClaimPause s." }
    }
    $script:ClaimTrouble = $trouble
    if ($ClaimWatch.Elapsed.TotalSeconds -ge $ClaimSeconds) {
        Stop-Agent $TokenIsNotGood ('Nobody has claimed this machine within an hour. Start the agent again when somebody will: ' +
            "the link stays $(Get-ClaimLink)")
    }
    Start-Sleep -Seconds $wait
}

function Wait-Token {
    for ($trouble = Read-TokenFile $TokenFile; $trouble; $trouble = Read-TokenFile $TokenFile) {
        Wait-Backoff $trouble 0
    }
}

function Read-GivenToken {
    $script:Token = Get-PlainText $env:MACHINE_TOKEN
    $script:TokenSource = 'MACHINE_TOKEN'
    if (-not (Test-Token $Token)) {
        Stop-Agent $TokenIsNotGood ('The token must look like <machineId>:<secret>: set MACHINE_TOKEN to what the page showed.')
    }
}

function Find-Token {
    if ($env:MACHINE_TOKEN) {
        Read-GivenToken
    } elseif ($Key) {
        Find-OwnToken
    } elseif ($TokenFile) {
        Wait-Token
        $script:TokenSource = $TokenFile
    } else {
        Assert-OnlyAgent
        Find-Claim
    }
}

# A text as the service accepts it.
function Get-AcceptedText([string] $Text) {
    $plain = $Text -creplace '[\x00-\x1f\x7f]', ''
    return $plain.Substring(0, [Math]::Min($plain.Length, $LongestText))
}

# Ends a process with all that it started: in Windows PowerShell, Kill ends it alone. Each Windows has taskkill.exe.
function Stop-Tree($Process) {
    if ($Process.HasExited) { return }
    try {
        $start = [Diagnostics.ProcessStartInfo]::new((Join-Path $env:SystemRoot 'System32\taskkill.exe'),
            "/T /F /PID $($Process.Id)")
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $ending = [Diagnostics.Process]::Start($start)
        [void] $ending.WaitForExit(1000 * $CallSeconds)
        $ending.Dispose()
    } finally {
        if (-not $Process.HasExited) { $Process.Kill() }
    }
}

# What a process has printed when it ends, or nothing where it does not end within the time for a call. What it left running may hold
# its output open, which is waited for no longer than a moment.
function Read-Output($Process) {
    $text = [Text.StringBuilder]::new()
    $buffer = [char[]]::new($LongestAnswer)
    $end = (Get-Date).AddSeconds($CallSeconds)
    $moment = $null
    $read = $Process.StandardOutput.ReadAsync($buffer, 0, $buffer.Length)
    while ($text.Length -lt $LongestAnswer) {
        if ($read.IsCompleted) {
            if ($read.Result -eq 0) { break }
            [void] $text.Append($buffer, 0, $read.Result)
            $read = $Process.StandardOutput.ReadAsync($buffer, 0, $buffer.Length)
            continue
        }
        if ((Get-Date) -ge $end) {
            if (-not $moment) { return $null }
            break
        }
        if ($Process.HasExited -and -not $moment) {
            $moment = (Get-Date).AddMilliseconds(200)
            if ($moment -lt $end) { $end = $moment }
        }
        Start-Sleep -Milliseconds 20
    }
    return $text.ToString()
}

# What a command of cmd.exe prints; nothing where it takes too long. It is not told the token.
function Get-CommandOutput([string] $Command) {
    $start = [Diagnostics.ProcessStartInfo]::new($env:ComSpec, '/d /s /c "' + $Command + '"')
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.EnvironmentVariables.Remove('MACHINE_TOKEN')
    $start.EnvironmentVariables.Remove('MACHINE_KEY')
    $process = [Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        return Read-Output $process
    } finally {
        Stop-Tree $process
        $process.Dispose()
    }
}

# Says once why the assistants are not known.
function Write-AssistantsTrouble([string] $Text) {
    if ($Text -cne $AssistantsTrouble) { Write-Log $Text }
    $script:AssistantsTrouble = $Text
}

# Sets the assistants to what MACHINE_ASSISTANTS prints: a number, or a list of JSON; to nothing where it prints anything else.
function Find-Assistants {
    $script:Assistants = ''
    if (-not $env:MACHINE_ASSISTANTS) { return }
    try {
        $output = Get-CommandOutput $env:MACHINE_ASSISTANTS
    } catch {
        Write-AssistantsTrouble "MACHINE_ASSISTANTS cannot be run: $_"
        return
    }
    if ($null -eq $output) {
        Write-AssistantsTrouble ("MACHINE_ASSISTANTS took longer than $CallSeconds s, and was ended with all that it had " +
            'started: the machine stays online, and its assistants are not told until the command is faster.')
        return
    }
    $script:AssistantsTrouble = ''
    # No string of JSON goes over the end of a line, so that what is blank there means nothing.
    $text = ($output -creplace '[\x00-\x1f\x7f]+', ' ').Trim()
    if ($text -cmatch '\A0*[0-9]{1,6}\z' -or ($text.StartsWith('[') -and $text.EndsWith(']'))) {
        $script:Assistants = $text
    }
}

function Test-AssistantList {
    return $Assistants.StartsWith('[')
}

function Add-AssistantCount($Body) {
    if ($Assistants -and -not (Test-AssistantList) -and [int] $Assistants -le $MostAssistants) {
        $Body['assistantCount'] = [int] $Assistants
    }
}

# What is sent with a call, as JSON.
function Get-Body([string] $Call) {
    if ($Call -eq 'assistants') { return '{"instanceId":"' + $Instance + '","assistants":' + $Assistants + '}' }
    $body = [ordered]@{ instanceId = $Instance }
    if ($Call -eq 'enrol') {
        $body['machineId'] = Get-MachineId
        $body['secret'] = $Token.Split(':')[1]
    }
    if ($Call -eq 'connect' -or $Call -eq 'enrol') {
        $architecture = if ($env:PROCESSOR_ARCHITEW6432) { $env:PROCESSOR_ARCHITEW6432 } else { $env:PROCESSOR_ARCHITECTURE }
        $body['rootDirectory'] = Get-AcceptedText (Get-Location).ProviderPath
        $body['hostname'] = Get-AcceptedText ([Environment]::MachineName)
        $body['os'] = Get-AcceptedText ([Environment]::OSVersion.VersionString)
        $body['arch'] = Get-AcceptedText $architecture
        $body['user'] = Get-AcceptedText ([Environment]::UserName)
        $body['agentVersion'] = $AgentVersion
        Add-AssistantCount $body
    }
    if ($Call -eq 'heartbeat') { Add-AssistantCount $body }
    return ConvertTo-Json -InputObject $body -Compress
}

# A proxy of the variables, which SYSTEM and services have no settings of Windows for; nothing where they name none.
function New-Proxy {
    $given = if ($Service.StartsWith('https:') -and $env:https_proxy) { $env:https_proxy } else { '' }
    if ($Service.StartsWith('http:') -and $env:http_proxy) { $given = $env:http_proxy }
    if (-not $given) { return $null }
    if ($given -notmatch '\A[a-z]+://') { $given = "http://$given" }
    try {
        $address = [Uri]::new($given)
    } catch {
        # Without the variable's text, which may hold a password.
        Stop-Agent $WrongUse 'The proxy variable is no address of a proxy: it must look like http://name:password@proxy:3128.'
    }
    $made = [Net.WebProxy]::new($address.GetLeftPart([UriPartial]::Scheme) + $address.Authority)
    if ($address.UserInfo) {
        $name, $password = $address.UserInfo.Split(':', 2) | ForEach-Object { [Uri]::UnescapeDataString($_) }
        $made.Credentials = [Net.NetworkCredential]::new($name, "$password")
    }
    $script:Proxy = $address.Authority
    return $made
}

# Whether no_proxy exempts the service: it lists names and ends of names.
function Test-ProxyExemption {
    $name = ([Uri]::new($Service)).Host
    foreach ($entry in "$env:no_proxy".Split(',')) {
        $end = $entry.Trim().TrimStart('.')
        if ($end -eq '*' -or ($end -and ($name -eq $end -or $name.EndsWith(".$end", 'OrdinalIgnoreCase')))) { return $true }
    }
    return $false
}

# Never follows a redirect, which would get the token, and keeps no cookie.
function Initialize-Client {
    if ($PSVersionTable.PSVersion.Major -lt 6) {
        # Windows PowerShell may not offer TLS 1.2 by itself.
        [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor `
            [Net.SecurityProtocolType]::Tls12
    }
    $handler = [Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    $handler.UseCookies = $false
    $through = New-Proxy
    if (Test-ProxyExemption) {
        $handler.UseProxy = $false
        $script:Proxy = ''
    } elseif ($through) {
        $handler.Proxy = $through
        $script:ByProxy = " through the proxy $Proxy (set no_proxy to go around it)"
    }
    $script:Client = [Net.Http.HttpClient]::new($handler)
    $Client.Timeout = [TimeSpan]::FromSeconds($CallSeconds)
    $Client.MaxResponseContentBufferSize = $LongestAnswer
    $Client.DefaultRequestHeaders.ExpectContinue = $false
    [void] $Client.DefaultRequestHeaders.TryAddWithoutValidation('User-Agent', $AgentVersion)
}

function New-Request([string] $Call) {
    $method = 'POST'
    if ($Call -eq 'socket') { $method = 'GET' }
    if ($Call -eq 'assistants') { $method = 'PUT' }
    $request = [Net.Http.HttpRequestMessage]::new([Net.Http.HttpMethod]::new($method), "$Service/api/agent/$Call")
    $credential = if ($Call -eq 'enrol') { $Key } else { $Token }
    $request.Headers.Authorization = [Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $credential)
    if ($Call -ne 'socket') {
        $request.Content = [Net.Http.ByteArrayContent]::new([Text.Encoding]::UTF8.GetBytes((Get-Body $Call)))
        $request.Content.Headers.ContentType = [Net.Http.Headers.MediaTypeHeaderValue]::Parse('application/json')
    }
    return $request
}

# Asks the service. The answer says how that went, and holds what matters of what came; whatever came is not believed yet.
function Invoke-Service([string] $Call) {
    $answer = @{ Status = 0; Type = ''; Json = $null; RetryAfter = 0; Location = ''; Failure = $null; Silent = $false }
    $request = New-Request $Call
    try {
        $task = $Client.SendAsync($request)
        # In short sleeps, so that Ctrl-C is heard at once.
        while (-not $task.IsCompleted) { Start-Sleep -Milliseconds 20 }
        if ($task.IsCanceled) {
            $answer.Silent = $true
        } elseif ($task.IsFaulted) {
            $answer.Failure = $task.Exception.InnerException
        } else {
            Read-Response $task.Result $answer
        }
    } finally {
        $request.Dispose()
    }
    return $answer
}

function Read-Response($Response, $Answer) {
    $Answer.Status = [int] $Response.StatusCode
    if ($Response.Headers.RetryAfter -and $Response.Headers.RetryAfter.Delta) {
        $Answer.RetryAfter = [int] [Math]::Min(99999, $Response.Headers.RetryAfter.Delta.TotalSeconds)
    }
    if ($Response.Headers.Location) { $Answer.Location = "$($Response.Headers.Location)" }
    if ($Response.Content -and $Response.Content.Headers.ContentType) {
        $Answer.Type = $Response.Content.Headers.ContentType.MediaType
    }
    if ($Answer.Type -eq 'application/json' -or $Answer.Type -eq 'application/problem+json') {
        try {
            $text = [Text.Encoding]::UTF8.GetString($Response.Content.ReadAsByteArrayAsync().Result)
            $Answer.Json = ConvertFrom-Json -InputObject $text
        } catch {
            # What is no JSON is nothing of the service's, and is explained as that.
            $Answer.Json = $null
        }
    }
    $Response.Dispose()
}

# A member of the answer's JSON, or nothing.
function Get-Value($Answer, [string] $Name) {
    if ($null -eq $Answer.Json -or $null -eq $Answer.Json.PSObject.Properties[$Name]) { return $null }
    return $Answer.Json.PSObject.Properties[$Name].Value
}

function Test-Seconds($Value) {
    return ($Value -is [int] -or $Value -is [long]) -and $Value -ge 0 -and $Value -le 99999
}

# Whether the answer is what the service says to this machine; nothing else turns it online.
function Test-Welcome([string] $Call, $Answer) {
    if ($Answer.Status -ne 200 -and -not ($Call -eq 'enrol' -and $Answer.Status -eq 201)) { return $false }
    if ($Answer.Type -ne 'application/json') { return $false }
    if ($Call -ne 'heartbeat' -and (Get-Value $Answer 'machineId') -cne (Get-MachineId)) { return $false }
    return (Test-Seconds (Get-Value $Answer 'ttlSeconds')) -and (Test-Seconds (Get-Value $Answer 'heartbeatSeconds'))
}

# Whether the answer is a problem (RFC 9457) of the service, not a word of something in between.
function Test-Problem($Answer) {
    return $Answer.Type -eq 'application/problem+json' -and (Get-Value $Answer 'title') -and
        (Get-Value $Answer 'status') -eq $Answer.Status
}

# The first cause of a kind among the causes of a failure.
function Get-Cause($Failure, [type] $Kind) {
    for ($cause = $Failure; $cause; $cause = $cause.InnerException) {
        if ($cause -is $Kind) { return $cause }
    }
    return $null
}

# Why no answer came, and what helps.
function Get-FailureText($Failure) {
    $reason = $Failure.GetBaseException().Message
    $socket = Get-Cause $Failure ([Net.Sockets.SocketException])
    $web = Get-Cause $Failure ([Net.WebException])
    $socketCode = if ($socket) { "$($socket.SocketErrorCode)" } else { '' }
    $webStatus = if ($web) { "$($web.Status)" } else { '' }
    if ($webStatus -eq 'ProxyNameResolutionFailure') {
        return "The name of the proxy $Proxy is not known: correct the proxy variable (https_proxy or http_proxy)."
    }
    if ($webStatus -eq 'NameResolutionFailure' -or $socketCode -in 'HostNotFound', 'NoData', 'TryAgain') {
        return ("The name in $Service, or that of the proxy before it, is not known here: check the name, and this machine's " +
            'network and DNS.')
    }
    if ((Get-Cause $Failure ([Security.Authentication.AuthenticationException])) -or
        $webStatus -in 'TrustFailure', 'SecureChannelFailure') {
        return Get-CertificateText $reason
    }
    if ($webStatus -eq 'ConnectFailure' -or $socketCode) {
        return "Nothing answers at $Service$ByProxy ($reason): check that it runs, and that no firewall is in between."
    }
    return ("No answer from $Service$ByProxy that could be read ($reason): check the network, that https is right there, and " +
        'what stands in between.')
}

function Get-CertificateText([string] $Reason) {
    if ($Reason -match 'NotTimeValid') {
        return ("The certificate of $Service is out of its time ($Reason): renew it, or set the clock of this machine, which " +
            "says $(Get-Date).")
    }
    if ($Reason -match 'RemoteCertificateNameMismatch') {
        return "The certificate at $Service is for another name ($Reason): use the name that it is for."
    }
    return ("TLS with $Service$ByProxy is not trusted ($Reason): if its certificate, or that of a proxy which looks into TLS, is " +
        'by an authority of your own, import that authority with Import-Certificate into Cert:\LocalMachine\Root. Else its time, ' +
        "its name, or the clock of this machine is wrong, which says $(Get-Date).")
}

# What the service itself says is wrong.
function Get-ProblemText($Answer) {
    $violations = @(Get-Value $Answer 'violations' | Where-Object { $_ } | ForEach-Object { "$($_.field) $($_.message)" })
    $detail = "$(Get-Value $Answer 'detail')"
    if ($violations) { $detail += " ($($violations -join ', '))" }
    if ($Answer.Status -eq 400) {
        return ("The service refuses what this machine says of itself: $detail If the agent is older than the service, download " +
            'it anew.')
    }
    return "The service answers $($Answer.Status): $detail"
}

# What something said that is not the service, and what helps.
function Get-ForeignText($Answer) {
    $status = $Answer.Status
    $type = if ($Answer.Type) { $Answer.Type } else { 'nothing' }
    if ($status -ge 300 -and $status -le 399) {
        $to = if ($Answer.Location) { $Answer.Location } else { 'nowhere' }
        return ("$Service leads to $to ($status), where the token is not sent: if the service moved there, download the agent " +
            'from there; if that is the sign-in page of a network, sign in.')
    }
    if ($status -eq 401) {
        return ("A 401 that is not the service's: something before it$ByProxy wants a sign-in of its own. Let it pass on " +
            '/api/agent/.')
    }
    if ($status -in 502, 503, 504) {
        return ("Something before the service answers in its place ($status)${ByProxy}: check that the service runs and is " +
            'reached from there.')
    }
    if ($status -eq 200 -and $type -eq 'text/html') {
        return ("A web page came from $Service$ByProxy instead of the service's JSON: if it is the sign-in page of this network " +
            '(a captive portal), sign in with a browser; else check the address.')
    }
    return ("Got $type with status $status instead of the service's JSON from $Service${ByProxy}: that is not the machine " +
        "registry, or not this machine's; check the address, and what stands in between.")
}

# The cause of a failure, and its cure.
function Get-Trouble($Answer) {
    if ($Answer.Silent) {
        return ("No answer from $Service$ByProxy within $CallSeconds s: check the address, the network, that the service is " +
            'well, and whether a firewall swallows it.')
    }
    if ($Answer.Failure) { return Get-FailureText $Answer.Failure }
    if ($Answer.Status -eq 407) {
        return ("The proxy $Proxy wants a name and a password (407): put them in the proxy variable, as in " +
            'http://name:password@proxy:3128.')
    }
    if (Test-Problem $Answer) { return Get-ProblemText $Answer }
    return Get-ForeignText $Answer
}

# Says what is wrong and waits: longer after each failure, and not as long as all others do; never so long that the machine goes
# offline for it.
function Wait-Backoff([string] $Trouble, [int] $RetryAfter) {
    $half = [int] [Math]::Floor($Backoff / 2)
    $wait = $half + (Get-Random -Minimum 0 -Maximum ($half + 1)) + $RetryAfter
    $script:Backoff = [Math]::Min($Backoff * 2, $Longest)
    if ($wait -gt $Longest) {
        $half = [int] [Math]::Floor($Longest / 2)
        $wait = $half + (Get-Random -Minimum 0 -Maximum ($half + 1))
    }
    $wait = [Math]::Max($wait, $ShortestPause)
    Write-Log "$Trouble Trying again in $wait s."
    Start-Sleep -Seconds $wait
}

# The service itself says that the token is not good. Another one may stand in the file by now.
function Resolve-Refusal($Answer) {
    if ($Greeting -eq 'enrol') {
        $detail = Get-Value $Answer 'detail'
        if (-not $detail) { $detail = 'The enrolment key is not good.' }
        Stop-Agent $TokenIsNotGood "This machine could not enrol. $detail"
    }
    $refused = $Token
    if (-not $env:MACHINE_TOKEN) { Wait-Token }
    if ($Token -ceq $refused) {
        Stop-Agent $TokenIsNotGood ('the token is not good (any more): the machine was deleted, or its token rotated. Get a new ' +
            "one on the page$(Get-ClaimAdvice).")
    }
    Wait-Backoff "The token was refused; another one stands in $TokenSource." 0
}

function Resolve-Failure($Answer) {
    $script:Connected = $false
    if ($Claiming) {
        Wait-Claim $Answer
    } elseif ($Answer.Status -eq 401 -and (Test-Problem $Answer)) {
        Resolve-Refusal $Answer
    } else {
        Wait-Backoff (Get-Trouble $Answer) $Answer.RetryAfter
    }
}

# Tells which assistants run, where that has changed. What the service refuses of them keeps no machine offline; whatever else is
# wrong, the next heartbeat finds out.
function Send-Assistants {
    if (-not (Test-AssistantList)) {
        $script:ToldAssistants = ''
        return
    }
    if ($Assistants -ceq $ToldAssistants) { return }
    $answer = Invoke-Service 'assistants'
    if ($answer.Status -eq 204) {
        $script:ToldAssistants = $Assistants
    } elseif ($answer.Status -eq 400 -and (Test-Problem $answer)) {
        $script:ToldAssistants = $Assistants
        Write-Log "$(Get-Trouble $answer) The machine stays online, and its list of assistants as it was."
    }
}

# One connect or heartbeat, and the wait after it.
function Invoke-Turn {
    Find-Assistants
    $call = if ($Connected) { 'heartbeat' } else { $Greeting }
    $script:Reached = $true
    $answer = Invoke-Service $call
    if (-not (Test-Welcome $call $answer)) {
        Resolve-Failure $answer
        return
    }
    $beat = [Math]::Max((Get-Value $answer 'heartbeatSeconds'), $ShortestPause)
    if (-not $Connected) {
        $script:Connected = $true
        $script:ToldAssistants = ''
        if ($call -eq 'enrol') { Complete-Enrolment }
        if ($Claiming) { Complete-Claim }
        Write-Log "online as $(Get-Value $answer 'name'), with a heartbeat each $beat s"
    }
    $script:Backoff = 2
    $script:Longest = [int] [Math]::Min([Math]::Floor((Get-Value $answer 'ttlSeconds') / 2), $LongestPause)
    Send-Assistants
    Start-Sleep -Seconds $beat
}

# A service that cannot write the goodbye just then asks to hear it again. What was silent before is not waited for again: whoever
# stops the agent waits, too.
function Send-Goodbye {
    for ($try = 1; $try -le $GoodbyeTries; $try++) {
        $answer = Invoke-Service 'disconnect'
        if ($answer.Status -in 204, 401 -or $answer.Silent) { break }
        if ($try -lt $GoodbyeTries) { Start-Sleep -Seconds 1 }
    }
    if ($answer.Status -eq 204 -and -not $answer.Type) {
        Write-Log 'disconnected'
    } else {
        Write-Log "stopped; nobody heard the goodbye. $(Get-Trouble $answer)"
    }
}

# Over plain HTTP, whoever is on the way can read the token.
function Write-PlainHttpWarning {
    if ($Service -notmatch '\Ahttps:' -and $Service -notmatch '\Ahttp://(localhost|127\.[0-9.]+|\[::1\])([:/]|\z)') {
        Write-Log "$Service is plain http: everybody on the way can read the token. Use https where there is a way."
    }
}

# What is in `finally` runs when Ctrl-C ends the agent, too.
function Invoke-Agent {
    Write-Log "$AgentVersion for $Service"
    Write-PlainHttpWarning
    try {
        Find-Token
        Write-Log "connects the machine $(Get-MachineId) with the token from $TokenSource; Ctrl-C stops it"
        while ($true) { Invoke-Turn }
    } finally {
        if ($Claiming) {
            Write-Log 'stopped; started again, it goes on with the same link'
        } elseif ($Reached) {
            Send-Goodbye
        }
    }
}

# Where the installed agent is: where only administrators make directories, also for a PowerShell of 32 bits.
function Get-InstallDirectory {
    $programs = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }
    if (-not $programs) { Stop-Agent $CannotInstall 'This is no Windows: use agent.sh here.' }
    return Join-Path $programs 'machine-agent'
}

function Assert-Administrator([string] $Command) {
    $me = [Security.Principal.WindowsPrincipal]::new([Security.Principal.WindowsIdentity]::GetCurrent())
    if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        Stop-Agent $CannotInstall "$Command needs an administrator: start PowerShell with `"Run as administrator`"."
    }
}

# The socket's address authenticates a machine, and without an upgrade does nothing else: 426.
function Test-TokenAccepted($Answer) {
    return $Answer.Status -eq 426 -and (Test-Problem $Answer)
}

# Sets the token at once, without waiting for a file: to the one that is given, that of the installed agent, or that of a claim.
# Answers whether it is another one than that of the installed agent.
function Find-TokenNow {
    if ($env:MACHINE_TOKEN) {
        Read-GivenToken
        return $true
    }
    $installed = Join-Path (Get-InstallDirectory) 'token'
    $path = if ($TokenFile) { $TokenFile } else { $installed }
    # Where it may not be read, .NET says that it is not there.
    if (-not $TokenFile -and -not [IO.File]::Exists($path)) {
        if (-not (Test-OwnToken)) {
            Stop-Agent $TokenIsNotGood ('There is no token: set MACHINE_TOKEN or MACHINE_TOKEN_FILE; agent.ps1 help says more. ' +
                'That of an installed agent, only administrators can read.')
        }
        Find-Claim
        return $true
    }
    $trouble = Read-TokenFile $path
    if ($trouble) { Stop-Agent $TokenIsNotGood $trouble }
    return $path -ne $installed
}

# Whether somebody claimed this machine when the agent ran by hand.
function Test-Claimed {
    return Test-Filled (Get-OwnFile)
}

function Test-OwnToken {
    return (Test-Claimed) -or (Test-Filled "$(Get-OwnFile).claiming")
}

function Show-Status {
    [Console]::Out.WriteLine("agent    $AgentVersion`nservice  $Service")
    [void] (Find-TokenNow)
    $task = Get-ScheduledTask -TaskName $TaskName -ErrorAction SilentlyContinue
    if ($task) { [Console]::Out.WriteLine("task     $($task.State)") }
    [Console]::Out.WriteLine("machine  $(Get-MachineId)")
    $answer = Invoke-Service 'socket'
    if (Test-TokenAccepted $answer) {
        [Console]::Out.WriteLine('status   The service is reached, and the token is good.')
    } elseif ($Claiming -and $answer.Status -eq 401 -and (Test-Problem $answer)) {
        [Console]::Out.WriteLine("status   The service is reached, and nobody has claimed this machine yet. Open this link:`n" +
            (Get-ClaimLink))
        $script:ExitCode = $TokenIsNotGood
    } elseif ($answer.Status -eq 401 -and (Test-Problem $answer)) {
        [Console]::Out.WriteLine('status   The service is reached, and the token is not good (any more). Get a new one on the ' +
            'page.')
        $script:ExitCode = $TokenIsNotGood
    } else {
        [Console]::Out.WriteLine("status   $(Get-Trouble $answer)")
        $script:ExitCode = $StatusUnknown
    }
}

# This script, also where it came through a pipe and is no file.
function Get-ScriptText {
    if ($PSCommandPath -and (Test-Path -LiteralPath $PSCommandPath)) {
        $text = [IO.File]::ReadAllText($PSCommandPath)
        if ($text.Contains("`$AgentVersion = '$AgentVersion'")) { return $text }
    }
    $task = $Client.GetStringAsync("$Service/agent.ps1")
    while (-not $task.IsCompleted) { Start-Sleep -Milliseconds 20 }
    if ($task.Status -ne 'RanToCompletion' -or -not $task.Result.Contains("`$AgentVersion = '")) {
        Stop-Agent $CannotInstall "The agent could not be downloaded from $Service."
    }
    return $task.Result
}

# Only the system and administrators may write there, and the task may read; what it says, the task may write into `log`.
function Initialize-Directory([string] $Directory) {
    $inherited = 'ContainerInherit, ObjectInherit'
    $log = Join-Path $Directory 'log'
    foreach ($place in $Directory, $log) {
        [void] [IO.Directory]::CreateDirectory($place)
        $access = [Security.AccessControl.DirectorySecurity]::new()
        $access.SetAccessRuleProtection($true, $false)
        $access.AddAccessRule((New-AccessRule $LocalSystem 'FullControl' $inherited))
        $access.AddAccessRule((New-AccessRule $Administrators 'FullControl' $inherited))
        $rights = if ($place -eq $log) { 'Modify' } else { 'ReadAndExecute' }
        $access.AddAccessRule((New-AccessRule $LocalService $rights $inherited))
        Set-Access ([IO.DirectoryInfo]::new($place)) $access
    }
}

# A text becomes a file of the directory, whole or not at all, with the directory's access.
function Save-Text([string] $Path, [string] $Text) {
    [IO.File]::WriteAllText("$Path.new", $Text)
    Move-Item -LiteralPath "$Path.new" -Destination $Path -Force
}

# With a key, the machine registers itself before it is installed: what would have to be tried for long belongs into no install.
function Register-Machine([string] $Directory) {
    $path = Join-Path $Directory 'token.enrolling'
    # A token that nobody answered for yet may be registered by now: with another one the machine would have a twin.
    $madeBefore = @($path)
    if ($TokenFile) { $madeBefore += "$TokenFile.enrolling" }
    if (Get-OwnFile) { $madeBefore += "$(Get-OwnFile).claiming" }
    foreach ($made in $madeBefore) {
        if (Test-Path -LiteralPath $made) {
            $path = $made
            break
        }
    }
    Initialize-OwnToken $path
    $answer = Invoke-Service 'enrol'
    if (-not (Test-Welcome 'enrol' $answer)) {
        Stop-Agent $CannotInstall "This machine could not enrol, and no task was made. $(Get-Trouble $answer)"
    }
}

# Without token and key, whoever installs it claims the machine first, or has it claimed: what is installed is online. A token that
# was claimed before, when the agent ran by hand, is moved.
function Wait-ClaimNow {
    Find-Claim
    if (-not $Claiming) {
        $script:UnregisteredFile = $OwnFile
        Test-TokenNow
        return
    }
    try {
        for ($answer = Invoke-Service 'socket'; -not (Test-TokenAccepted $answer); $answer = Invoke-Service 'socket') {
            Wait-Claim $answer
        }
        $script:Claiming = ''
        Write-Log "the machine $(Get-MachineId) is claimed"
    } finally {
        if ($Claiming) {
            Write-Log ('Stopped before the machine was claimed, and nothing was installed. Started again, it goes on with the ' +
                'same link.')
        }
    }
}

# A token that the service refuses is not installed; a service that cannot be reached yet, the agent waits for.
function Test-TokenNow {
    $answer = Invoke-Service 'socket'
    if ($answer.Status -eq 401 -and (Test-Problem $answer)) {
        Stop-Agent $TokenIsNotGood ('The token is not good (any more), and nothing was installed. Get a new one on the ' +
            "page$(Get-ClaimAdvice).")
    }
    if (-not (Test-TokenAccepted $answer)) { Write-Log "The service is not reached yet: $(Get-Trouble $answer)" }
}

function Get-GivenSettings {
    $settings = [ordered]@{}
    foreach ($name in $SettingNames) {
        $value = [Environment]::GetEnvironmentVariable($name)
        if ($value) { $settings[$name] = $value }
    }
    return $settings
}

# The settings that are installed, with what is given now in the place of what was.
function Get-Settings([string] $Path) {
    $settings = [ordered]@{}
    if ([IO.File]::Exists($Path)) {
        $installed = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($Path))
        foreach ($property in $installed.PSObject.Properties) { $settings[$property.Name] = $property.Value }
    }
    foreach ($name in $GivenSettings.Keys) { $settings[$name] = $GivenSettings[$name] }
    return ConvertTo-Json -InputObject $settings
}

function Register-Task([string] $Directory) {
    $installed = Join-Path $Directory 'agent.ps1'
    $action = New-ScheduledTaskAction -Execute (Join-Path $env:SystemRoot 'System32\WindowsPowerShell\v1.0\powershell.exe') `
        -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$installed`" service" -WorkingDirectory $Directory
    $trigger = New-ScheduledTaskTrigger -AtStartup
    $principal = New-ScheduledTaskPrincipal -UserId $LocalService -LogonType ServiceAccount
    # Without a limit of time, which is three days by default, and also on batteries.
    $settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries `
        -DontStopIfGoingOnBatteries -StartWhenAvailable -MultipleInstances IgnoreNew -RestartCount 999 `
        -RestartInterval ([TimeSpan]::FromMinutes(1))
    Stop-Task
    [void] (Register-ScheduledTask -TaskName $TaskName -Description 'Machine registry agent' -Action $action -Trigger $trigger `
            -Principal $principal -Settings $settings -Force)
    Start-ScheduledTask -TaskName $TaskName
}

# And waits until it has ended: one that is started before that would be ignored.
function Stop-Task {
    if (-not (Get-ScheduledTask -TaskName $TaskName -ErrorAction SilentlyContinue)) { return }
    Stop-ScheduledTask -TaskName $TaskName
    $end = (Get-Date).AddSeconds($CallSeconds)
    while ((Get-ScheduledTask -TaskName $TaskName).State -eq 'Running' -and (Get-Date) -lt $end) {
        Start-Sleep -Milliseconds 200
    }
}

function Install-Agent {
    $directory = Get-InstallDirectory
    Assert-Administrator 'install'
    $text = Get-ScriptText
    $tokenPath = Join-Path $directory 'token'
    try {
        # An agent that is installed anew without a token keeps its own, and what was changed in its settings.
        $given = $true
        # A key is for a machine that has no token yet: one that has is registered, and would have a twin.
        $enrols = $Key -and -not $env:MACHINE_TOKEN -and -not (Test-Filled $TokenFile)
        if ((Test-Path -LiteralPath $tokenPath) -or (-not $enrols -and ($env:MACHINE_TOKEN -or $TokenFile))) {
            if ($enrols) { $script:TokenFile = '' }
            $given = Find-TokenNow
            Test-TokenNow
            Initialize-Directory $directory
        } elseif ($enrols -and -not (Test-Claimed)) {
            Initialize-Directory $directory
            Register-Machine $directory
        } else {
            Wait-ClaimNow
            Initialize-Directory $directory
        }
        if ($given) {
            # The token last: where it is, what was given before counts.
            $settingsPath = Join-Path $directory 'settings.json'
            Save-Text $settingsPath (Get-Settings $settingsPath)
            Save-Text $tokenPath $Token
            # An agent that ran by hand may have moved it just now.
            if ($UnregisteredFile) { [IO.File]::Delete($UnregisteredFile) }
        }
        Save-Text (Join-Path $directory 'agent.ps1') $text
        Register-Task $directory
    } catch [OperationCanceledException] {
        throw
    } catch {
        Stop-Agent $CannotInstall "The agent could not be installed: $_"
    }
    Write-Log ("installed as the scheduled task ${TaskName}, and started: the machine $(Get-MachineId) starts with it from now " +
        "on; all of it is in $directory")
}

# The scheduler ends a task without a word, so that the goodbye is said here.
function Uninstall-Agent {
    $directory = Get-InstallDirectory
    Assert-Administrator 'uninstall'
    $task = Get-ScheduledTask -TaskName $TaskName -ErrorAction SilentlyContinue
    if (-not $task -and -not (Test-Path -LiteralPath $directory)) {
        Write-Log 'no agent is installed here'
        return
    }
    try {
        Stop-Task
        if ($task) { Unregister-ScheduledTask -TaskName $TaskName -Confirm:$false }
        if (-not (Read-TokenFile (Join-Path $directory 'token'))) { Send-Goodbye }
        if (Test-Path -LiteralPath $directory) { Remove-Item -LiteralPath $directory -Recurse -Force }
    } catch {
        Stop-Agent $CannotInstall "Not all of it could be taken away: $_"
    }
    Write-Log 'uninstalled; the machine stays in the list until it is deleted there'
}

# What the scheduled task starts: the agent with what stands beside it.
function Invoke-InstalledAgent {
    $directory = Get-InstallDirectory
    $script:LogFile = Join-Path $directory 'log\agent.log'
    $script:TokenFile = Join-Path $directory 'token'
    Invoke-Agent
}

# Before there is a client, which reads the proxy's variables. For the task the settings count before the machine's variables; for what
# somebody calls, they stand in for variables that are not set, as they may be the only way to the service.
function Import-Settings([string] $Command) {
    $path = Join-Path (Get-InstallDirectory) 'settings.json'
    # It is not there for those who may not read it.
    if (-not [IO.File]::Exists($path)) { return }
    try {
        $settings = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path))
    } catch {
        # What cannot be read can be taken away all the same.
        if ($Command -eq 'uninstall') { return }
        Stop-Agent $WrongUse "What is in $path is no JSON: correct it, or remove it. $_"
    }
    foreach ($name in $SettingNames) {
        $setting = $settings.PSObject.Properties[$name]
        if ($setting -and ($Command -eq 'service' -or -not [Environment]::GetEnvironmentVariable($name))) {
            [Environment]::SetEnvironmentVariable($name, "$($setting.Value)")
        }
    }
}

function Invoke-AgentCommand([string[]] $Words) {
    $command = if ($Words) { $Words[0] } else { 'run' }
    if ($Words.Count -gt 1) {
        Stop-Agent $WrongUse 'One command at most, please: run, install, uninstall, status, help or version.'
    }
    if ($command -in 'help', '-h', '--help', '/?') { Show-Usage; return }
    if ($command -in 'version', '-V', '--version') { [Console]::Out.WriteLine("$AgentVersion for $Service"); return }
    if ($command -notin 'run', 'install', 'uninstall', 'status', 'service') {
        Stop-Agent $WrongUse 'This is no command of the agent: help names them. A token does not belong into the arguments.'
    }
    if ($Key -and -not (Test-Key $Key)) {
        Stop-Agent $WrongUse 'MACHINE_KEY must look like mre_...: set it to the enrolment key that the page showed.'
    }
    $script:GivenSettings = Get-GivenSettings
    if ($command -ne 'run') { Import-Settings $command }
    Initialize-Client
    switch ($command) {
        'run' { Invoke-Agent }
        'service' { Invoke-InstalledAgent }
        'status' { Show-Status }
        'install' { Install-Agent }
        'uninstall' { Uninstall-Agent }
    }
}

$Key = Get-PlainText $env:MACHINE_KEY
if ($env:MACHINE_TOKEN_FILE) {
    # PowerShell's directory is not that of the process, by which .NET would read a relative path.
    $TokenFile = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($env:MACHINE_TOKEN_FILE)
}
try {
    Invoke-AgentCommand $args
} catch [OperationCanceledException] {
    # It was said already.
    [void] $_
}
# Whoever pasted it into a PowerShell keeps that window.
if ($PSCommandPath) { exit $ExitCode }
